// Archives as users make them, and hostile ones, each written here with libarchive.

#include "unit.h"
#include "../../data/stock_archive.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char LINE[] =
    "{\"timestamp\": \"2013-07-01 00:00:00\", \"close\": 1.0}\n";

static char scratch[] = "/tmp/stock_archive.XXXXXX";
static char archive_path[64], folder_path[64], outside_path[64];
static struct archive *writer;
static struct archive_error error;

static void setup(void)
{
    strcpy(scratch + strlen(scratch) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(scratch));
    snprintf(archive_path, sizeof archive_path, "%s/stock.tgz", scratch);
    snprintf(folder_path, sizeof folder_path, "%s/stock", scratch);
    snprintf(outside_path, sizeof outside_path, "%s/outside.json", scratch);
    writer = archive_write_new();
    archive_write_add_filter_gzip(writer);
    archive_write_set_format_pax_restricted(writer);
    ck_assert_int_eq(archive_write_open_filename(writer, archive_path), ARCHIVE_OK);
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", scratch);
    ck_assert_int_eq(system(command), 0);
}

// Adds a member; target is where a link leads, else NULL.
static void add(const char *path, unsigned type, const char *target)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, path);
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, type == AE_IFDIR ? 0755 : 0644);
    archive_entry_set_size(entry, type == AE_IFREG && !target ? sizeof LINE - 1 : 0);
    if (target && type == AE_IFLNK) archive_entry_set_symlink(entry, target);
    if (target && type == AE_IFREG) archive_entry_set_hardlink(entry, target);
    ck_assert_int_eq(archive_write_header(writer, entry), ARCHIVE_OK);
    if (type == AE_IFREG && !target)
        ck_assert_int_eq(archive_write_data(writer, LINE, sizeof LINE - 1),
                         sizeof LINE - 1);
    archive_entry_free(entry);
}

static int extract(void)
{
    archive_write_free(writer);
    return stock_archive_extract(archive_path, folder_path, &error);
}

// Is there a file of this name in the folder, with the line in it?
static bool has_line(const char *name)
{
    char path[128], text[sizeof LINE + 1] = "";
    snprintf(path, sizeof path, "%s/%s", folder_path, name);
    FILE *file = fopen(path, "r");
    if (!file) return false;
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    return size == sizeof LINE - 1 && memcmp(text, LINE, size) == 0;
}

// How many names the scratch folder has: the archive's, and whatever was left beside
// it.
static int names_in(const char *path)
{
    char command[128];
    snprintf(command, sizeof command, "ls -A %s | wc -l", path);
    FILE *pipe = popen(command, "r");
    int count = -1;
    ck_assert_int_eq(fscanf(pipe, "%d", &count), 1);
    pclose(pipe);
    return count;
}

// The archive is refused with this reason, and nothing but the archive is there.
static void assert_refused(int status, const char *reason)
{
    ck_assert_int_eq(extract(), status);
    ck_assert_msg(strstr(error.text, reason), "\"%s\" does not say \"%s\"",
                  error.text, reason);
    ck_assert_int_eq(names_in(scratch), 1);
}

START_TEST(test_stock_archive_extracts_files_of_any_top_folder)
{
    add("my-stock/", AE_IFDIR, NULL);
    add("my-stock/ABC.json", AE_IFREG, NULL);
    add("./other/deep/XYZ.json", AE_IFREG, NULL);
    add("TOP.json", AE_IFREG, NULL);
    ck_assert_int_eq(extract(), 0);
    ck_assert(has_line("ABC.json") && has_line("XYZ.json") && has_line("TOP.json"));
    ck_assert_int_eq(names_in(folder_path), 3);
    ck_assert_int_eq(names_in(scratch), 2);
}
END_TEST

START_TEST(test_stock_archive_leaves_out_what_is_no_stock_file)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    add("stock/._ABC.json", AE_IFREG, NULL);
    add("stock/.json", AE_IFREG, NULL);
    add("stock/ABC.h5", AE_IFREG, NULL);
    add("stock/FOLDER.json", AE_IFDIR, NULL);
    ck_assert_int_eq(extract(), 0);
    ck_assert(has_line("ABC.json"));
    ck_assert_int_eq(names_in(folder_path), 1);
}
END_TEST

START_TEST(test_stock_archive_folder_can_be_read_by_others)
{
    mode_t mask = umask(022);
    add("stock/ABC.json", AE_IFREG, NULL);
    ck_assert_int_eq(extract(), 0);
    umask(mask);
    struct stat found;
    ck_assert_int_eq(stat(folder_path, &found), 0);
    ck_assert_uint_eq(found.st_mode & 0777, 0755);
}
END_TEST

START_TEST(test_stock_archive_refuses_an_absolute_path)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    add(outside_path, AE_IFREG, NULL);
    assert_refused(-EINVAL, "has an absolute path");
}
END_TEST

START_TEST(test_stock_archive_refuses_a_path_that_leads_out)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    add("stock/../../outside.json", AE_IFREG, NULL);
    assert_refused(-EINVAL, "leads out of the folder");
}
END_TEST

START_TEST(test_stock_archive_refuses_a_symbolic_link)
{
    add("stock/ABC.json", AE_IFLNK, "/etc/passwd");
    assert_refused(-EINVAL, "is a link");
}
END_TEST

START_TEST(test_stock_archive_refuses_a_hard_link)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    add("stock/XYZ.json", AE_IFREG, "stock/ABC.json");
    assert_refused(-EINVAL, "is a link");
}
END_TEST

START_TEST(test_stock_archive_refuses_a_device)
{
    add("stock/ABC.json", AE_IFCHR, NULL);
    assert_refused(-EINVAL, "is a device or a pipe");
}
END_TEST

START_TEST(test_stock_archive_refuses_a_pipe)
{
    add("stock/ABC.json", AE_IFIFO, NULL);
    assert_refused(-EINVAL, "is a device or a pipe");
}
END_TEST

START_TEST(test_stock_archive_refuses_a_name_that_comes_twice)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    add("more/ABC.json", AE_IFREG, NULL);
    assert_refused(-EINVAL, "holds ABC.json twice");
}
END_TEST

START_TEST(test_stock_archive_refuses_one_without_stock_files)
{
    add("stock/README", AE_IFREG, NULL);
    assert_refused(-EINVAL, "holds no NAME.json");
}
END_TEST

START_TEST(test_stock_archive_refuses_more_than_a_disk_should_take)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    archive_write_free(writer);
    // A header alone: it says 9 GiB, in octal, and nothing follows.
    char header[512] = "stock/XYZ.json";
    strcpy(header + 100, "0000644");
    memcpy(header + 124, "110000000000", 12);
    memcpy(header + 148, "        0", 9); // blanks for the sum, then: a regular file
    memcpy(header + 257, "ustar\00000", 8);
    unsigned sum = 0;
    for (size_t i = 0; i < sizeof header; i++) sum += (unsigned char)header[i];
    snprintf(header + 148, 8, "%06o", sum);
    FILE *file = fopen(archive_path, "w");
    ck_assert_uint_eq(fwrite(header, 1, sizeof header, file), sizeof header);
    fclose(file);
    ck_assert_int_eq(stock_archive_extract(archive_path, folder_path, &error),
                     -EFBIG);
    ck_assert_int_eq(names_in(scratch), 1);
}
END_TEST

START_TEST(test_stock_archive_refuses_a_cut_archive)
{
    for (int i = 0; i < 100; i++) {
        char name[32];
        snprintf(name, sizeof name, "stock/N%d.json", i);
        add(name, AE_IFREG, NULL);
    }
    archive_write_free(writer);
    struct stat found;
    ck_assert_int_eq(stat(archive_path, &found), 0);
    ck_assert_int_eq(truncate(archive_path, found.st_size / 2), 0);
    ck_assert_int_eq(stock_archive_extract(archive_path, folder_path, &error),
                     -EINVAL);
    ck_assert_ptr_nonnull(strstr(error.text, archive_path));
    ck_assert_int_eq(names_in(scratch), 1);
}
END_TEST

START_TEST(test_stock_archive_refuses_what_is_no_archive)
{
    archive_write_free(writer);
    FILE *file = fopen(archive_path, "w");
    fputs("no archive at all\n", file);
    fclose(file);
    ck_assert_int_eq(stock_archive_extract(archive_path, folder_path, &error),
                     -EINVAL);
    ck_assert_int_eq(names_in(scratch), 1);
}
END_TEST

START_TEST(test_stock_archive_says_that_a_file_is_missing)
{
    archive_write_free(writer);
    unlink(archive_path);
    ck_assert_int_eq(stock_archive_extract(archive_path, folder_path, &error),
                     -EINVAL);
    ck_assert_ptr_nonnull(strstr(error.text, "could not be read"));
    ck_assert_int_eq(names_in(scratch), 0);
}
END_TEST

START_TEST(test_stock_archive_leaves_an_existing_folder_alone)
{
    add("stock/ABC.json", AE_IFREG, NULL);
    ck_assert_int_eq(mkdir(folder_path, 0755), 0);
    ck_assert_int_eq(extract(), -EEXIST);
    ck_assert_int_eq(names_in(folder_path), 0);
}
END_TEST

START_TEST(test_stock_archive_says_names_without_commands_to_a_terminal)
{
    add("x/../a\x1b[2J\x7f.json", AE_IFREG, NULL);
    ck_assert_int_eq(extract(), -EINVAL);
    ck_assert_ptr_nonnull(strstr(error.text, "x/../a?[2J?.json"));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stock_archive");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, test_stock_archive_extracts_files_of_any_top_folder);
    tcase_add_test(cases, test_stock_archive_leaves_out_what_is_no_stock_file);
    tcase_add_test(cases, test_stock_archive_folder_can_be_read_by_others);
    tcase_add_test(cases, test_stock_archive_refuses_an_absolute_path);
    tcase_add_test(cases, test_stock_archive_refuses_a_path_that_leads_out);
    tcase_add_test(cases, test_stock_archive_refuses_a_symbolic_link);
    tcase_add_test(cases, test_stock_archive_refuses_a_hard_link);
    tcase_add_test(cases, test_stock_archive_refuses_a_device);
    tcase_add_test(cases, test_stock_archive_refuses_a_pipe);
    tcase_add_test(cases, test_stock_archive_refuses_a_name_that_comes_twice);
    tcase_add_test(cases, test_stock_archive_refuses_one_without_stock_files);
    tcase_add_test(cases, test_stock_archive_refuses_more_than_a_disk_should_take);
    tcase_add_test(cases, test_stock_archive_refuses_a_cut_archive);
    tcase_add_test(cases, test_stock_archive_refuses_what_is_no_archive);
    tcase_add_test(cases, test_stock_archive_says_that_a_file_is_missing);
    tcase_add_test(cases, test_stock_archive_leaves_an_existing_folder_alone);
    Suite *suite = suite_create("stock_archive");
    tcase_add_test(cases,
                   test_stock_archive_says_names_without_commands_to_a_terminal);
    suite_add_tcase(suite, cases);
    return unit_run(suite);
}
