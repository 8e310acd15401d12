// Tables written and read back. (When writing fails: test_stock_hdf5_failures.c.)

#include <errno.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "small_table.h"
#include "stock_folder.h"
#include "stocks/stock_series.h"
#include "unit.h"

START_TEST(test_stock_hdf5_reads_back_what_was_written)
{
    const char *path = stock_folder_path("small.h5");
    struct stock_options options = {.deflate_level = _i};
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, &options, NULL), 0);
    stock_folder_check_no_ids();
    small_table_check(path);
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
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
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
    struct stock_table empty = small_table;
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
        struct stock_table bare = {.row_count = rows,
                                   .timestamps_ns = small_table.timestamps_ns};
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
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
    small_table_check(path);
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
    small_table_check(path);
    ck_assert_uint_eq(stock_folder_count(), 1);
}
END_TEST

START_TEST(test_stock_hdf5_gives_a_new_file_the_usual_rights)
{
    const char *path = stock_folder_path("small.h5");
    struct stat file;
    umask(027);
    ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
    ck_assert_int_eq(stat(path, &file), 0);
    ck_assert_int_eq(file.st_mode & 0777, 0640);
}
END_TEST

START_TEST(test_stock_hdf5_writes_the_same_bytes_again)
{
    size_t sizes[2];
    char *bytes[2];
    for (int i = 0; i < 2; i++) {
        const char *path = stock_folder_path("same.h5");
        ck_assert_int_eq(stock_table_write_hdf5(&small_table, path, NULL, NULL), 0);
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
    struct stock_table odd = small_table;
    odd.column_names = (char *[]){"a/b", "values_block_0"};
    const char *path = stock_folder_path("odd.h5");
    ck_assert_int_eq(stock_table_write_hdf5(&odd, path, NULL, NULL), 0);
    small_table_check_column(path, "a/b", 0);
    small_table_check_column(path, "values_block_0", 1);
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
    tcase_add_test(tests, test_stock_hdf5_writes_the_same_bytes_again);
    tcase_add_test(tests, test_stock_hdf5_column_named_like_the_block_of_all);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
