// Columns out of HDF5 files that others wrote, and what is said of files that will not do.
// (pandas' own files: test_stock_pandas.py.)

#include <errno.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "stock_folder.h"
#include "stocks/stock_series.h"
#include "unit.h"

static char path[512];
static hid_t file;

static void setup(void)
{
    stock_folder_create();
    snprintf(path, sizeof path, "%s", stock_folder_path("theirs.h5"));
    file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(file, 0);
}

static void teardown(void)
{
    stock_folder_remove();
}

static void close_file(void)
{
    ck_assert_int_ge(H5Fclose(file), 0);
    stock_folder_check_no_ids();
}

static void add_group(const char *name)
{
    hid_t group = H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Gclose(group), 0);
}

static void add_array(const char *name, hid_t stored, hid_t type, hsize_t count,
                      const void *values)
{
    hid_t space = H5Screate_simple(1, &count, NULL);
    hid_t dataset =
        H5Dcreate2(file, name, stored, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    ck_assert_int_ge(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
                     0);
    H5Dclose(dataset);
    H5Sclose(space);
}

struct row {
    int32_t volume;
    char timestamp[20];
    float close;
};

static const struct row rows[] = {{100, "2013-07-01", 1.5f},
                                  {-7, "2013-07-02 09:30:00", -0.1f},
                                  {0, "2013-07-03         ", 1e30f}};
static const int64_t row_moments[] = {1372636800000000000, 1372757400000000000,
                                      1372809600000000000};

// A table of the user's own: text for timestamps, other types, another order.
static void add_rows(const char *name, const char *timestamp, size_t count)
{
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, 20);
    const char *names[] = {"volume", timestamp, "close"};
    const size_t offsets[] = {offsetof(struct row, volume),
                              offsetof(struct row, timestamp),
                              offsetof(struct row, close)};
    const hid_t types[] = {H5T_NATIVE_INT32, text, H5T_NATIVE_FLOAT};
    ck_assert_int_ge(H5TBmake_table("theirs", file, name, 3, count, sizeof rows[0],
                                    names, offsets, types, 2, NULL, 1, rows),
                     0);
    H5Tclose(text);
}

static void check_column(const char *column, size_t length, const int64_t moments[],
                         const double values[])
{
    struct stock_series series;
    struct stock_error error = {""};
    int status = stock_series_read_hdf5(path, column, &series, &error);
    ck_assert_msg(status == 0, "%s", error.text);
    ck_assert_uint_eq(series.length, length);
    for (size_t i = 0; i < length; i++) {
        ck_assert_int_eq(series.timestamps_ns[i], moments[i]);
        ck_assert(series.values[i] == values[i]);
    }
    stock_series_close(&series);
    stock_folder_check_no_ids();
}

static void check_refusal(const char *column, int status, const char *sentence)
{
    struct stock_series series = {1, NULL, NULL};
    struct stock_error error = {""};
    ck_assert_int_eq(stock_series_read_hdf5(path, column, &series, &error), status);
    ck_assert_str_eq(error.text + strlen(path), sentence);
    ck_assert_uint_eq(series.length, 0);
    ck_assert_ptr_null(series.values);
    ck_assert_int_eq(stock_series_read_hdf5(path, column, &series, NULL), status);
    stock_folder_check_no_ids();
}

START_TEST(test_stock_layouts_reads_a_bare_table)
{
    add_rows("data", "timestamp", 3);
    close_file();
    check_column("close", 3, row_moments, (double[]){1.5, -0.1f, 1e30f});
    check_column("volume", 3, row_moments, (double[]){100, -7, 0});
}
END_TEST

START_TEST(test_stock_layouts_reads_a_table_under_any_name)
{
    add_group("stocks");
    add_group("stocks/AAPL");
    add_rows("stocks/AAPL/daily", "timestamp", 3);
    close_file();
    check_column("volume", 3, row_moments, (double[]){100, -7, 0});
}
END_TEST

START_TEST(test_stock_layouts_numbers_rows_that_have_no_timestamp)
{
    add_rows("data", "day", 3);
    close_file();
    check_column("volume", 3, (int64_t[]){0, 1, 2}, (double[]){100, -7, 0});
}
END_TEST

START_TEST(test_stock_layouts_reads_a_table_of_no_rows)
{
    add_rows("data", "timestamp", 0);
    close_file();
    check_column("volume", 0, NULL, NULL);
}
END_TEST

START_TEST(test_stock_layouts_reads_arrays_in_a_group)
{
    const int64_t moments[] = {-5, 0, 17};
    const int16_t volumes[] = {1, -2, 3};
    add_group("quotes");
    add_array("quotes/timestamp", H5T_STD_I64BE, H5T_NATIVE_INT64, 3, moments);
    add_array("quotes/volume", H5T_STD_I16BE, H5T_NATIVE_INT16, 3, volumes);
    close_file();
    check_column("volume", 3, moments, (double[]){1, -2, 3});
    check_refusal("close", -ENOENT,
                  ": no column \"close\" in /quotes; it has timestamp, volume");
}
END_TEST

START_TEST(test_stock_layouts_reads_arrays_at_the_top_and_texts_of_any_length)
{
    const char *const texts[] = {"2013-07-01", "2013-07-02 09:30:00", "2013-07-03"};
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    add_array("timestamp", text, text, 3, texts);
    add_array("close", H5T_IEEE_F32BE, H5T_NATIVE_DOUBLE, 3, (double[]){1, 2.5, -4});
    H5Tclose(text);
    close_file();
    check_column("close", 3, row_moments, (double[]){1, 2.5, -4});
}
END_TEST

START_TEST(test_stock_layouts_lists_the_columns_that_there_are)
{
    add_rows("data", "timestamp", 3);
    close_file();
    check_refusal("clsoe", -ENOENT,
                  ": no column \"clsoe\" in /data; it has volume, timestamp, close");
}
END_TEST

START_TEST(test_stock_layouts_lists_several_tables)
{
    add_rows("daily", "timestamp", 3);
    add_group("other");
    add_rows("other/hourly", "timestamp", 3);
    close_file();
    check_refusal("close", -EINVAL,
                  ": 2 tables where one must be: /daily, /other/hourly");
}
END_TEST

START_TEST(test_stock_layouts_lists_what_there_is_instead_of_a_table)
{
    add_group("other");
    add_array("other/close", H5T_NATIVE_DOUBLE, H5T_NATIVE_DOUBLE, 1, &(double){1});
    close_file();
    check_refusal(
        "close", -EINVAL,
        ": no stock table in this HDF5 file; it has /other (group), /other/close");
}
END_TEST

START_TEST(test_stock_layouts_says_that_a_file_has_nothing)
{
    close_file();
    check_refusal("close", -EINVAL,
                  ": no stock table in this HDF5 file; it has nothing");
}
END_TEST

START_TEST(test_stock_layouts_refuses_a_column_of_text)
{
    add_rows("data", "name", 3);
    close_file();
    check_refusal("name", -EINVAL, ": column \"name\" in /data is not numbers");
}
END_TEST

START_TEST(test_stock_layouts_names_the_row_whose_timestamp_is_none)
{
    const char texts[3][10] = {"2013-07-01", "2013-07-xx", "2013-07-03"};
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, 10);
    add_array("timestamp", text, text, 3, texts);
    add_array("close", H5T_NATIVE_INT, H5T_NATIVE_INT, 3, (int[]){1, 2, 3});
    H5Tclose(text);
    close_file();
    check_refusal("close", -EINVAL, ": /, row 1: its timestamp is no date and time");
}
END_TEST

START_TEST(test_stock_layouts_names_the_row_that_is_out_of_order)
{
    add_array("timestamp", H5T_NATIVE_INT64, H5T_NATIVE_INT64, 3,
              (int64_t[]){1, _i == 0 ? 1 : 0, 2});
    add_array("close", H5T_NATIVE_INT, H5T_NATIVE_INT, 3, (int[]){1, 2, 3});
    close_file();
    check_refusal("close", -EINVAL,
                  ": /, row 1: its timestamp is not after the one before");
}
END_TEST

START_TEST(test_stock_layouts_refuses_unequal_lengths)
{
    add_array("timestamp", H5T_NATIVE_INT64, H5T_NATIVE_INT64, 2, (int64_t[]){1, 2});
    add_array("close", H5T_NATIVE_INT, H5T_NATIVE_INT, 3, (int[]){1, 2, 3});
    close_file();
    check_refusal("close", -EINVAL, ": / has 2 timestamps for 3 values");
}
END_TEST

// As many rows as no machine has memory for; the file stores none of them.
START_TEST(test_stock_layouts_refuses_what_memory_does_not_allow)
{
    const hsize_t count = 1ULL << 50, chunk = 1024;
    hid_t space = H5Screate_simple(1, &count, NULL);
    hid_t layout = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(layout, 1, &chunk);
    H5Dclose(H5Dcreate2(file, "close", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, layout,
                        H5P_DEFAULT));
    H5Pclose(layout);
    H5Sclose(space);
    add_array("timestamp", H5T_NATIVE_INT64, H5T_NATIVE_INT64, 2, (int64_t[]){1, 2});
    close_file();
    check_refusal("close", -EFBIG, ": \"close\" in /: more than memory allows");
}
END_TEST

static void check_no_hdf5(const char *not_hdf5, int status, const char *sentence)
{
    H5Fclose(file);
    snprintf(path, sizeof path, "%s", not_hdf5);
    check_refusal("close", status, sentence);
}

START_TEST(test_stock_layouts_says_that_there_is_no_file)
{
    check_no_hdf5(stock_folder_path("none.h5"), -ENOENT,
                  ": No such file or directory");
}
END_TEST

START_TEST(test_stock_layouts_says_that_it_is_no_hdf5_file)
{
    check_no_hdf5(stock_folder_write_text("text.h5", "text"), -EINVAL,
                  ": not an HDF5 file, or damaged: file signature not found");
}
END_TEST

START_TEST(test_stock_layouts_does_not_wait_for_a_pipe)
{
    ck_assert_int_eq(mkfifo(stock_folder_path("pipe.h5"), 0600), 0);
    check_no_hdf5(stock_folder_path("pipe.h5"), -EINVAL, ": not a regular file");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_layouts");
    TCase *tests = tcase_create("stock_layouts");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, test_stock_layouts_reads_a_bare_table);
    tcase_add_test(tests, test_stock_layouts_reads_a_table_under_any_name);
    tcase_add_test(tests, test_stock_layouts_numbers_rows_that_have_no_timestamp);
    tcase_add_test(tests, test_stock_layouts_reads_a_table_of_no_rows);
    tcase_add_test(tests, test_stock_layouts_reads_arrays_in_a_group);
    tcase_add_test(
        tests, test_stock_layouts_reads_arrays_at_the_top_and_texts_of_any_length);
    tcase_add_test(tests, test_stock_layouts_lists_the_columns_that_there_are);
    tcase_add_test(tests, test_stock_layouts_lists_several_tables);
    tcase_add_test(tests, test_stock_layouts_lists_what_there_is_instead_of_a_table);
    tcase_add_test(tests, test_stock_layouts_says_that_a_file_has_nothing);
    tcase_add_test(tests, test_stock_layouts_refuses_a_column_of_text);
    tcase_add_test(tests, test_stock_layouts_names_the_row_whose_timestamp_is_none);
    tcase_add_loop_test(tests, test_stock_layouts_names_the_row_that_is_out_of_order,
                        0, 2);
    tcase_add_test(tests, test_stock_layouts_refuses_unequal_lengths);
    tcase_add_test(tests, test_stock_layouts_refuses_what_memory_does_not_allow);
    tcase_add_test(tests, test_stock_layouts_says_that_there_is_no_file);
    tcase_add_test(tests, test_stock_layouts_says_that_it_is_no_hdf5_file);
    tcase_add_test(tests, test_stock_layouts_does_not_wait_for_a_pipe);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
