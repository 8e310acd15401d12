// folder_remove: whatever stands in a folder goes, and nothing outside of it.

#include "judge/folder_remove.h"
#include "unit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH = 100 };

static char scratch[] = "/tmp/folder-remove-XXXXXX";
static char folder[64];

static void scratch_make(void)
{
    strcpy(scratch + sizeof scratch - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(scratch));
    snprintf(folder, sizeof folder, "%s/folder", scratch);
    ck_assert_int_eq(mkdir(folder, 0755), 0);
    ck_assert_int_eq(chdir(folder), 0);
}

static void scratch_remove(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    folder_remove(scratch);
}

static void file_make(const char *name)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void is_gone_check(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(folder_remove(folder), 0);
    ck_assert_int_lt(access(folder, F_OK), 0);
}

START_TEST(test_folder_remove_takes_files_folders_and_pipes)
{
    file_make("one");
    ck_assert_int_eq(mkdir("inside", 0755), 0);
    file_make("inside/two");
    ck_assert_int_eq(mkfifo("pipe", 0600), 0);
    is_gone_check();
}
END_TEST

START_TEST(test_folder_remove_takes_paths_that_are_too_long)
{
    char name[201];
    memset(name, 'd', 200);
    name[200] = '\0';
    for (int depth = 0; depth < DEPTH; depth++) {
        ck_assert_int_eq(mkdir(name, 0755), 0);
        ck_assert_int_eq(chdir(name), 0);
        file_make("file");
    }
    is_gone_check();
}
END_TEST

START_TEST(test_folder_remove_takes_folders_that_are_closed)
{
    ck_assert_int_eq(mkdir("closed", 0755), 0);
    ck_assert_int_eq(mkdir("closed/inner", 0755), 0);
    file_make("closed/inner/file");
    ck_assert_int_eq(chmod("closed/inner", 0), 0);
    ck_assert_int_eq(chmod("closed", 0), 0);
    ck_assert_int_eq(chmod(".", 0500), 0);
    is_gone_check();
}
END_TEST

START_TEST(test_folder_remove_takes_folders_named_as_it_names_them)
{
    ck_assert_int_eq(mkdir("lifted-0", 0755), 0);
    file_make("lifted-1");
    ck_assert_int_eq(mkdir("a", 0755), 0);
    ck_assert_int_eq(mkdir("a/lifted-0", 0755), 0);
    file_make("a/lifted-0/file");
    is_gone_check();
}
END_TEST

START_TEST(test_folder_remove_leaves_what_links_lead_to)
{
    char outside[80];
    snprintf(outside, sizeof outside, "%s/outside", scratch);
    ck_assert_int_eq(mkdir(outside, 0750), 0);
    ck_assert_int_eq(symlink(outside, "link"), 0);
    ck_assert_int_eq(mkdir("inner", 0755), 0);
    ck_assert_int_eq(symlink(outside, "inner/link"), 0);
    is_gone_check();
    struct stat what;
    ck_assert_int_eq(stat(outside, &what), 0);
    ck_assert_uint_eq(what.st_mode & 0777, 0750);
}
END_TEST

START_TEST(test_folder_remove_of_none_is_no_error)
{
    ck_assert_int_eq(folder_remove("not-there"), 0);
    ck_assert_int_eq(folder_remove("not/there"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("folder_remove");
    TCase *tcase = tcase_create("folders");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, test_folder_remove_takes_files_folders_and_pipes);
    tcase_add_test(tcase, test_folder_remove_takes_paths_that_are_too_long);
    tcase_add_test(tcase, test_folder_remove_takes_folders_that_are_closed);
    tcase_add_test(tcase, test_folder_remove_takes_folders_named_as_it_names_them);
    tcase_add_test(tcase, test_folder_remove_leaves_what_links_lead_to);
    tcase_add_test(tcase, test_folder_remove_of_none_is_no_error);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
