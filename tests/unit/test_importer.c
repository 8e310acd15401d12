// The importer: only a small, regular file of the expected name comes in.

#include "judge/importer.h"
#include "unit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/importer-XXXXXX";
static char text[256];

static void file_write(const char *name, size_t size)
{
    FILE *file = fopen(name, "w");
    for (size_t i = 0; i < size; i++) fputc('x', file);
    fclose(file);
}

static int import(void)
{
    return import_file("in", "7.1-submit", "submit.c", "copy.c", text, sizeof text);
}

static long copy_size(void)
{
    struct stat what;
    return stat("copy.c", &what) < 0 ? -1 : (long)what.st_size;
}

static void setup(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    mkdir("in", 0755);
    file_write("copy.c", 3);
}

static void teardown(void)
{
    char command[128];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(test_importer_takes_a_file_from_the_exercises_folder)
{
    mkdir("in/7.1-submit", 0755);
    file_write("in/7.1-submit/submit.c", 5);
    file_write("in/submit.c", 7);
    ck_assert_int_eq(import(), 0);
    ck_assert_int_eq(copy_size(), 5);
}
END_TEST

START_TEST(test_importer_takes_a_file_from_a_flat_folder)
{
    file_write("in/submit.c", 7);
    ck_assert_int_eq(import(), 0);
    ck_assert_int_eq(copy_size(), 7);
}
END_TEST

START_TEST(test_importer_says_what_is_missing_and_leaves_no_copy)
{
    ck_assert_int_eq(import(), -ENOENT);
    ck_assert_str_eq(text, "there is no submit.c in in/7.1-submit, nor in in");
    ck_assert_int_eq(copy_size(), -1);
}
END_TEST

START_TEST(test_importer_refuses_a_link)
{
    ck_assert_int_eq(symlink("/etc/passwd", "in/submit.c"), 0);
    ck_assert_int_eq(import(), -ELOOP);
    ck_assert_int_eq(copy_size(), -1);
}
END_TEST

START_TEST(test_importer_refuses_a_fifo_without_waiting)
{
    ck_assert_int_eq(mkfifo("in/submit.c", 0600), 0);
    ck_assert_int_eq(import(), -EINVAL);
}
END_TEST

START_TEST(test_importer_refuses_a_folder)
{
    mkdir("in/submit.c", 0755);
    ck_assert_int_eq(import(), -EINVAL);
}
END_TEST

START_TEST(test_importer_takes_a_file_of_just_the_limit)
{
    file_write("in/submit.c", IMPORT_LIMIT);
    ck_assert_int_eq(import(), 0);
    ck_assert_int_eq(copy_size(), IMPORT_LIMIT);
}
END_TEST

START_TEST(test_importer_refuses_a_file_over_the_limit)
{
    file_write("in/submit.c", IMPORT_LIMIT + 1);
    ck_assert_int_eq(import(), -EFBIG);
    ck_assert_str_eq(text, "submit.c was not taken: it is larger than 256 KiB");
    ck_assert_int_eq(copy_size(), -1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("importer");
    TCase *tcase = tcase_create("files");
    tcase_set_timeout(tcase, 10);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_importer_takes_a_file_from_the_exercises_folder);
    tcase_add_test(tcase, test_importer_takes_a_file_from_a_flat_folder);
    tcase_add_test(tcase, test_importer_says_what_is_missing_and_leaves_no_copy);
    tcase_add_test(tcase, test_importer_refuses_a_link);
    tcase_add_test(tcase, test_importer_refuses_a_fifo_without_waiting);
    tcase_add_test(tcase, test_importer_refuses_a_folder);
    tcase_add_test(tcase, test_importer_takes_a_file_of_just_the_limit);
    tcase_add_test(tcase, test_importer_refuses_a_file_over_the_limit);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
