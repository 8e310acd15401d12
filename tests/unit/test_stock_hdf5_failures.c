// The writer's promise when writing fails: a file is complete, or not there at all.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "small_table.h"
#include "stock_folder.h"
#include "unit.h"

static void check_refusal(const struct stock_table *table, const char *path,
                          const struct stock_options *options, int status,
                          const char *sentence)
{
    struct stock_error error = {""};
    ck_assert_int_eq(stock_table_write_hdf5(table, path, options, &error), status);
    ck_assert_int_eq(stock_table_write_hdf5(table, path, options, NULL), status);
    ck_assert_str_eq(error.text + strlen(path), sentence);
    stock_folder_check_no_ids();
}

START_TEST(test_stock_hdf5_refuses_a_level_that_deflate_has_not)
{
    const char *path = stock_folder_path("small.h5");
    check_refusal(&small_table, path, &(struct stock_options){10}, -EINVAL,
                  ": deflate level 10 is not 0 to 9");
    check_refusal(&small_table, path, &(struct stock_options){-1}, -EINVAL,
                  ": deflate level -1 is not 0 to 9");
    ck_assert_uint_eq(stock_folder_count(), 0);
}
END_TEST

START_TEST(test_stock_hdf5_says_that_there_is_no_folder)
{
    check_refusal(&small_table, stock_folder_path("none/small.h5"), NULL, -ENOENT,
                  ": cannot be written: No such file or directory");
}
END_TEST

START_TEST(test_stock_hdf5_leaves_a_folder_of_that_name_alone)
{
    const char *path = stock_folder_path("folder.h5");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    check_refusal(&small_table, path, NULL, -EISDIR,
                  ": cannot be written: Is a directory");
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

// A limit on the size of files stands for a full disk: write() fails half-way.
START_TEST(test_stock_hdf5_leaves_the_old_file_when_the_new_one_cannot_be_finished)
{
    const char *path = stock_folder_path("old.h5");
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096}), 0);
    check_refusal(&small_table, path, NULL, -EFBIG,
                  ": cannot be written: File too large");
    small_table_check(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_leaves_nothing_of_a_file_that_cannot_be_finished)
{
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096}), 0);
    check_refusal(&small_table, stock_folder_path("new.h5"), NULL, -EFBIG,
                  ": cannot be written: File too large");
    ck_assert_uint_eq(stock_folder_count(), 0);
}
END_TEST

// The same limit kills a process that does not ignore its signal: in the middle of write().
START_TEST(test_stock_hdf5_leaves_nothing_of_a_process_that_is_killed)
{
    const char *path = stock_folder_path("old.h5");
    int status, probe = open("/tmp", O_WRONLY | O_TMPFILE, 0600);
    if (probe < 0) return; // this file system has no files without names
    close(probe);
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096});
        stock_table_write_hdf5(&small_table, path, NULL, NULL);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
    small_table_check(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_says_what_hdf5_refuses)
{
    struct stock_table twice = small_table;
    twice.column_names = (char *[]){"close", "close"};
    check_refusal(&twice, stock_folder_path("twice.h5"), NULL, -EIO,
                  ": cannot be written: member name is not unique");
    ck_assert_uint_eq(stock_folder_count(), 0);
}
END_TEST

// So many columns that their list of names does not fit into an attribute.
START_TEST(test_stock_hdf5_refuses_more_columns_than_hdf5_has_room_for)
{
    enum { COLUMNS = 9000 };
    static char names[COLUMNS][16], *pointers[COLUMNS];
    static double *columns[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        sprintf(names[i], "column_%d", i);
        pointers[i] = names[i];
        columns[i] = small_table.columns[0];
    }
    struct stock_table wide = {3, COLUMNS, pointers, small_table.timestamps_ns,
                               columns};
    struct stock_error error;
    ck_assert_int_eq(
        stock_table_write_hdf5(&wide, stock_folder_path("wide.h5"), NULL, &error),
        -EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "wide.h5: cannot be written: "));
    ck_assert_uint_eq(stock_folder_count(), 0);
    stock_folder_check_no_ids();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_hdf5_failures");
    TCase *tests = tcase_create("stock_hdf5_failures");
    tcase_add_checked_fixture(tests, stock_folder_create, stock_folder_remove);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, test_stock_hdf5_refuses_a_level_that_deflate_has_not);
    tcase_add_test(tests, test_stock_hdf5_says_that_there_is_no_folder);
    tcase_add_test(tests, test_stock_hdf5_leaves_a_folder_of_that_name_alone);
    tcase_add_test(
        tests,
        test_stock_hdf5_leaves_the_old_file_when_the_new_one_cannot_be_finished);
    tcase_add_test(tests,
                   test_stock_hdf5_leaves_nothing_of_a_file_that_cannot_be_finished);
    tcase_add_test(tests,
                   test_stock_hdf5_leaves_nothing_of_a_process_that_is_killed);
    tcase_add_test(tests, test_stock_hdf5_says_what_hdf5_refuses);
    tcase_add_test(tests,
                   test_stock_hdf5_refuses_more_columns_than_hdf5_has_room_for);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
