// Tables written and read back; and the writer's promise: complete, or not at all.

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "stock_folder.h"
#include "stocks/stock_series.h"
#include "unit.h"

static int64_t moments[] = {1372636800000000000, 1372636800000000001,
                            1372723200000000000};
static double close_column[] = {21.035, NAN, -0.1};
static double volume_column[] = {2739839.602, 1e-320, 1e300};
static struct stock_table small = {
    .row_count = 3,
    .column_count = 2,
    .column_names = (char *[]){"close", "volume"},
    .timestamps_ns = moments,
    .columns = (double *[]){close_column, volume_column},
};

static void check_column(const char *path, const char *name, const double values[])
{
    struct stock_series series;
    struct stock_error error = {""};
    int status = stock_series_read_hdf5(path, name, &series, &error);
    ck_assert_msg(status == 0, "%s", error.text);
    ck_assert_uint_eq(series.length, small.row_count);
    ck_assert_int_eq(memcmp(series.timestamps_ns, moments, sizeof moments), 0);
    for (size_t i = 0; i < series.length; i++)
        ck_assert(series.values[i] == values[i] ||
                  (isnan(series.values[i]) && isnan(values[i])));
    stock_series_close(&series);
    stock_folder_check_no_ids();
}

static void check_small(const char *path)
{
    check_column(path, "close", close_column);
    check_column(path, "volume", volume_column);
}

START_TEST(test_stock_hdf5_reads_back_what_was_written)
{
    const char *path = stock_folder_path("small.h5");
    struct stock_options options = {.deflate_level = _i};
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, &options, NULL), 0);
    stock_folder_check_no_ids();
    check_small(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_compresses_harder_at_a_higher_level)
{
    enum { ROWS = 30000 };
    static int64_t many_moments[ROWS];
    static double prices[ROWS];
    struct stock_table many = {ROWS, 1, (char *[]){"close"}, many_moments,
                               (double *[]){prices}};
    struct stat sizes[3];
    for (int i = 0; i < ROWS; i++) {
        many_moments[i] = i * 1000000000LL;
        prices[i] = i % 100 + i / 7 % 10 * 0.25;
    }
    const int levels[] = {0, 1, 9};
    for (int i = 0; i < 3; i++) {
        const char *path = stock_folder_path("many.h5");
        struct stock_options options = {levels[i]};
        ck_assert_int_eq(stock_table_write_hdf5(&many, path, &options, NULL), 0);
        ck_assert_int_eq(stat(path, &sizes[i]), 0);
    }
    ck_assert_int_gt(sizes[0].st_size, ROWS * 16);
    ck_assert_int_lt(sizes[0].st_size, ROWS * 16 + 20000);
    ck_assert_int_lt(sizes[1].st_size, sizes[0].st_size);
    ck_assert_int_lt(sizes[2].st_size, sizes[1].st_size);
}
END_TEST

START_TEST(test_stock_hdf5_is_a_table_of_the_high_level_library)
{
    const char *path = stock_folder_path("small.h5");
    hsize_t fields = 0, records = 0;
    char buffers[3][64], *names[3] = {buffers[0], buffers[1], buffers[2]};
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
    hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    ck_assert_int_ge(H5TBget_table_info(file, "/data/table", &fields, &records), 0);
    ck_assert_uint_eq(fields, 3);
    ck_assert_uint_eq(records, 3);
    ck_assert_int_ge(
        H5TBget_field_info(file, "/data/table", names, NULL, NULL, NULL), 0);
    ck_assert_str_eq(names[0], "timestamp");
    ck_assert_str_eq(names[2], "volume");
    H5Fclose(file);
}
END_TEST

START_TEST(test_stock_hdf5_writes_an_empty_table)
{
    const char *path = stock_folder_path("empty.h5");
    struct stock_table empty = small;
    struct stock_series series;
    empty.row_count = 0;
    ck_assert_int_eq(stock_table_write_hdf5(&empty, path, NULL, NULL), 0);
    ck_assert_int_eq(stock_series_read_hdf5(path, "close", &series, NULL), 0);
    ck_assert_uint_eq(series.length, 0);
    stock_series_close(&series);
    stock_folder_check_no_ids();
}
END_TEST

START_TEST(test_stock_hdf5_writes_a_table_without_columns)
{
    const char *path = stock_folder_path("bare.h5");
    struct stock_error error;
    struct stock_series series;
    for (size_t rows = 0; rows < 2; rows++) {
        struct stock_table bare = {.row_count = rows, .timestamps_ns = moments};
        ck_assert_int_eq(stock_table_write_hdf5(&bare, path, NULL, NULL), 0);
        ck_assert_int_eq(stock_series_read_hdf5(path, "close", &series, &error),
                         -ENOENT);
        ck_assert_str_eq(error.text + strlen(path),
                         ": no column \"close\" in /data; it has none");
    }
    stock_folder_check_no_ids();
}
END_TEST

START_TEST(test_stock_hdf5_replaces_an_old_file)
{
    const char *path = stock_folder_write_text("old.h5", "old text");
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
    check_small(path);
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
    check_small(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_gives_a_new_file_the_usual_rights)
{
    const char *path = stock_folder_path("small.h5");
    struct stat file;
    umask(027);
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
    ck_assert_int_eq(stat(path, &file), 0);
    ck_assert_int_eq(file.st_mode & 0777, 0640);
}
END_TEST

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
    check_refusal(&small, path, &(struct stock_options){10}, -EINVAL,
                  ": deflate level 10 is not 0 to 9");
    check_refusal(&small, path, &(struct stock_options){-1}, -EINVAL,
                  ": deflate level -1 is not 0 to 9");
    ck_assert_uint_eq(stock_folder_count(), 0);
}
END_TEST

START_TEST(test_stock_hdf5_says_that_there_is_no_folder)
{
    check_refusal(&small, stock_folder_path("none/small.h5"), NULL, -ENOENT,
                  ": cannot be written: No such file or directory");
}
END_TEST

START_TEST(test_stock_hdf5_leaves_a_folder_of_that_name_alone)
{
    const char *path = stock_folder_path("folder.h5");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    check_refusal(&small, path, NULL, -EISDIR,
                  ": cannot be written: Is a directory");
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

// A limit on the size of files stands for a full disk: write() fails half-way.
START_TEST(test_stock_hdf5_leaves_the_old_file_when_the_new_one_cannot_be_finished)
{
    const char *path = stock_folder_path("old.h5");
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096}), 0);
    check_refusal(&small, path, NULL, -EFBIG, ": cannot be written: File too large");
    check_small(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_leaves_nothing_of_a_file_that_cannot_be_finished)
{
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096}), 0);
    check_refusal(&small, stock_folder_path("new.h5"), NULL, -EFBIG,
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
    ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096});
        stock_table_write_hdf5(&small, path, NULL, NULL);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
    check_small(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_says_what_hdf5_refuses)
{
    struct stock_table twice = small;
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
        columns[i] = close_column;
    }
    struct stock_table wide = {3, COLUMNS, pointers, moments, columns};
    struct stock_error error;
    ck_assert_int_eq(
        stock_table_write_hdf5(&wide, stock_folder_path("wide.h5"), NULL, &error),
        -EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "wide.h5: cannot be written: "));
    ck_assert_uint_eq(stock_folder_count(), 0);
    stock_folder_check_no_ids();
}
END_TEST

START_TEST(test_stock_hdf5_writes_the_same_bytes_again)
{
    size_t sizes[2];
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        const char *path = stock_folder_path("same.h5");
        ck_assert_int_eq(stock_table_write_hdf5(&small, path, NULL, NULL), 0);
        bytes[i] = stock_folder_read("same.h5", &sizes[i]);
    }
    ck_assert_uint_eq(sizes[0], sizes[1]);
    ck_assert_int_eq(memcmp(bytes[0], bytes[1], sizes[0]), 0);
    free(bytes[0]);
    free(bytes[1]);
}
END_TEST

// Odd names are kept as one block, values_block_0; a column may be called like it.
START_TEST(test_stock_hdf5_column_named_like_the_block_of_all)
{
    struct stock_table odd = small;
    odd.column_names = (char *[]){"a/b", "values_block_0"};
    const char *path = stock_folder_path("odd.h5");
    ck_assert_int_eq(stock_table_write_hdf5(&odd, path, NULL, NULL), 0);
    check_column(path, "a/b", close_column);
    check_column(path, "values_block_0", volume_column);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_hdf5");
    TCase *tests = tcase_create("stock_hdf5");
    tcase_add_checked_fixture(tests, stock_folder_create, stock_folder_remove);
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, test_stock_hdf5_reads_back_what_was_written, 0, 10);
    tcase_add_test(tests, test_stock_hdf5_compresses_harder_at_a_higher_level);
    tcase_add_test(tests, test_stock_hdf5_is_a_table_of_the_high_level_library);
    tcase_add_test(tests, test_stock_hdf5_writes_an_empty_table);
    tcase_add_test(tests, test_stock_hdf5_writes_a_table_without_columns);
    tcase_add_test(tests, test_stock_hdf5_replaces_an_old_file);
    tcase_add_test(tests, test_stock_hdf5_gives_a_new_file_the_usual_rights);
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
    tcase_add_test(tests, test_stock_hdf5_writes_the_same_bytes_again);
    tcase_add_test(tests, test_stock_hdf5_column_named_like_the_block_of_all);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
