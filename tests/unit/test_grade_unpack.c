// Archives from anybody: what is in them becomes plain files below one folder, or nothing.

#include "grade/text.h"
#include "grade/unpack.h"
#include "judge/folder_remove.h"
#include "judge/importer.h"
#include "unit.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/unpack-XXXXXX";
static char *archive_path, *into;
static struct archive *archive;

static void setup(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    archive_path = text_format("%s/archive", folder);
    into = text_format("%s/into", folder);
    ck_assert_int_eq(mkdir(into, 0700), 0);
    archive = archive_write_new();
}

static void teardown(void)
{
    free(archive_path);
    free(into);
    folder_remove(folder);
}

static void begin_tar(void)
{
    archive_write_set_format_pax_restricted(archive);
    archive_write_add_filter_gzip(archive);
    archive_write_open_filename(archive, archive_path);
}

static void begin_zip(void)
{
    archive_write_set_format_zip(archive);
    archive_write_open_filename(archive, archive_path);
}

// link: where a link leads; NULL: a plain file.
static void member_add(const char *name, const char *content, size_t size,
                       const char *link)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, link ? AE_IFLNK : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (link)
        archive_entry_set_symlink(entry, link);
    else
        archive_entry_set_size(entry, (la_int64_t)size);
    ck_assert_int_eq(archive_write_header(archive, entry), ARCHIVE_OK);
    if (!link) archive_write_data(archive, content, size);
    archive_entry_free(entry);
}

static int unpacked(void)
{
    char text[512];
    archive_write_close(archive);
    archive_write_free(archive);
    return unpack(archive_path, into, text, sizeof text);
}

static bool has(const char *name)
{
    char *path = text_format("%s/%s", into, name);
    struct stat what;
    bool is_there = lstat(path, &what) == 0;
    free(path);
    return is_there;
}

START_TEST(test_unpack_tar)
{
    begin_tar();
    member_add("./ann/submit.c", "int x;", 6, NULL);
    ck_assert_int_eq(unpacked(), 0);
    ck_assert(has("ann/submit.c"));
}
END_TEST

START_TEST(test_unpack_zip)
{
    begin_zip();
    member_add("ann smith/submit.c", "int x;", 6, NULL);
    member_add("__MACOSX/ann smith/._submit.c", "x", 1, NULL);
    ck_assert_int_eq(unpacked(), 0);
    ck_assert(has("ann smith/submit.c"));
    ck_assert(!has("__MACOSX"));
}
END_TEST

START_TEST(test_unpack_leaves_out_what_leads_out)
{
    begin_tar();
    member_add("../outside.c", "x", 1, NULL);
    member_add("ann/../../outside.c", "x", 1, NULL);
    member_add("/tmp/unpack-outside.c", "x", 1, NULL);
    member_add("ann/submit.c", "x", 1, NULL);
    ck_assert_int_eq(unpacked(), 0);
    ck_assert(has("ann/submit.c"));
    ck_assert(!has("../outside.c"));
    ck_assert_int_lt(access("/tmp/unpack-outside.c", F_OK), 0);
}
END_TEST

START_TEST(test_unpack_makes_no_links_and_follows_none)
{
    begin_tar();
    member_add("ann", NULL, 0, "..");
    member_add("ann/outside.c", "x", 1, NULL);
    member_add("bob/submit.c", NULL, 0, "/etc/passwd");
    ck_assert_int_eq(unpacked(), 0);
    ck_assert(!has("../outside.c"));
    ck_assert(has("ann/outside.c"));
    ck_assert(!has("bob/submit.c"));
}
END_TEST

START_TEST(test_unpack_cuts_what_is_too_long_anyway)
{
    size_t size = 4 * IMPORT_LIMIT;
    char *content = calloc(1, size);
    begin_zip();
    member_add("ann/submit.c", content, size, NULL);
    free(content);
    ck_assert_int_eq(unpacked(), 0);
    char *path = text_format("%s/ann/submit.c", into);
    struct stat what;
    ck_assert_int_eq(stat(path, &what), 0);
    ck_assert_int_eq(what.st_size, IMPORT_LIMIT + 1);
    free(path);
}
END_TEST

// Zeros shrink a thousandfold, so that a small archive could fill the disk.
START_TEST(test_unpack_refuses_what_was_made_to_fill_the_disk)
{
    static const char zeros[IMPORT_LIMIT];
    char name[32];
    begin_tar();
    for (int i = 0; i < 400; i++) {
        snprintf(name, sizeof name, "ann/%d.c", i);
        member_add(name, zeros, sizeof zeros, NULL);
    }
    ck_assert_int_eq(unpacked(), -EFBIG);
    ck_assert(has("ann/100.c"));
    ck_assert(!has("ann/399.c"));
}
END_TEST

START_TEST(test_unpack_file_where_a_folder_would_stand)
{
    begin_tar();
    member_add("ann", "x", 1, NULL);
    member_add("ann/submit.c", "x", 1, NULL);
    member_add("bob/submit.c", "x", 1, NULL);
    ck_assert_int_eq(unpacked(), 0);
    ck_assert(has("bob/submit.c"));
}
END_TEST

START_TEST(test_unpack_refuses_what_is_no_archive)
{
    char text[512] = "";
    archive_write_free(archive);
    ck_assert_int_eq(unpack("/etc/passwd", into, text, sizeof text), -EINVAL);
    ck_assert_ptr_nonnull(strstr(text, "cannot be unpacked"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("unpacking");
    TCase *tcase = tcase_create("unpacking");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_unpack_tar);
    tcase_add_test(tcase, test_unpack_zip);
    tcase_add_test(tcase, test_unpack_leaves_out_what_leads_out);
    tcase_add_test(tcase, test_unpack_makes_no_links_and_follows_none);
    tcase_add_test(tcase, test_unpack_cuts_what_is_too_long_anyway);
    tcase_add_test(tcase, test_unpack_refuses_what_was_made_to_fill_the_disk);
    tcase_add_test(tcase, test_unpack_file_where_a_folder_would_stand);
    tcase_add_test(tcase, test_unpack_refuses_what_is_no_archive);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
