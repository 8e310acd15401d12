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
#include "their_file.h"
#include "unit.h"

static void check_column(const char *column, size_t length, const int64_t moments[],
                         const double values[])
{
    struct stock_series series;
    struct stock_error error = {""};
    int status = stock_series_read_hdf5(their_path, column, &series, &error);
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
    ck_assert_int_eq(stock_series_read_hdf5(their_path, column, &series, &error),
                     status);
    ck_assert_str_eq(error.text + strlen(their_path), sentence);
    ck_assert_uint_eq(series.length, 0);
    ck_assert_ptr_null(series.values);
    ck_assert_int_eq(stock_series_read_hdf5(their_path, column, &series, NULL),
                     status);
    stock_folder_check_no_ids();
}

START_TEST(test_stock_layouts_reads_a_bare_table)
{
    their_file_add_rows("data", "timestamp", 3);
    their_file_close();
    check_column("close", 3, their_moments, (double[]){1.5, -0.1f, 1e30f});
    check_column("volume", 3, their_moments, (double[]){100, -7, 0});
}
END_TEST

START_TEST(test_stock_layouts_reads_a_table_under_any_name)
{
    their_file_add_group("stocks");
    their_file_add_group("stocks/AAPL");
    their_file_add_rows("stocks/AAPL/daily", "timestamp", 3);
    their_file_close();
    check_column("volume", 3, their_moments, (double[]){100, -7, 0});
}
END_TEST

START_TEST(test_stock_layouts_numbers_rows_that_have_no_timestamp)
{
    their_file_add_rows("data", "day", 3);
    their_file_close();
    check_column("volume", 3, (int64_t[]){0, 1, 2}, (double[]){100, -7, 0});
}
END_TEST

START_TEST(test_stock_layouts_reads_a_table_of_no_rows)
{
    their_file_add_rows("data", "timestamp", 0);
    their_file_close();
    check_column("volume", 0, NULL, NULL);
}
END_TEST

START_TEST(test_stock_layouts_reads_arrays_in_a_group)
{
    const int64_t moments[] = {-5, 0, 17};
    const int16_t volumes[] = {1, -2, 3};
    their_file_add_group("quotes");
    their_file_add_array("quotes/timestamp", H5T_STD_I64BE, H5T_NATIVE_INT64, 3,
                         moments);
    their_file_add_array("quotes/volume", H5T_STD_I16BE, H5T_NATIVE_INT16, 3,
                         volumes);
    their_file_close();
    check_column("volume", 3, moments, (double[]){1, -2, 3});
    check_refusal("close", -ENOENT,
                  ": no column \"close\" in /quotes; it has timestamp, volume");
}
END_TEST

// Three moments as texts of variable length, and values of four bytes.
static void their_file_of_texts(const char *const texts[3])
{
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    their_file_add_array("timestamp", text, text, 3, texts);
    their_file_add_array("close", H5T_IEEE_F32BE, H5T_NATIVE_DOUBLE, 3,
                         (double[]){1, 2.5, -4});
    H5Tclose(text);
    their_file_close();
}

START_TEST(test_stock_layouts_reads_arrays_at_the_top_and_texts_of_any_length)
{
    const char *const texts[] = {"2013-07-01", "2013-07-02 09:30:00", "2013-07-03"};
    their_file_of_texts(texts);
    check_column("close", 3, their_moments, (double[]){1, 2.5, -4});
}
END_TEST

// A file of a few bytes could have gigabytes of it.
START_TEST(test_stock_layouts_refuses_a_text_that_no_moment_has)
{
    static char long_text[100001];
    memset(long_text, '7', sizeof long_text - 1);
    const char *const texts[] = {"2013-07-01", long_text, "2013-07-03"};
    their_file_of_texts(texts);
    check_refusal("close", -EIO,
                  ": \"timestamp\" in /: application memory allocation routine "
                  "failed for VL data");
}
END_TEST

START_TEST(test_stock_layouts_lists_the_columns_that_there_are)
{
    their_file_add_rows("data", "timestamp", 3);
    their_file_close();
    check_refusal("clsoe", -ENOENT,
                  ": no column \"clsoe\" in /data; it has volume, timestamp, close");
}
END_TEST

START_TEST(test_stock_layouts_lists_several_tables)
{
    their_file_add_rows("daily", "timestamp", 3);
    their_file_add_group("other");
    their_file_add_rows("other/hourly", "timestamp", 3);
    their_file_close();
    check_refusal("close", -EINVAL,
                  ": 2 tables where one must be: /daily, /other/hourly");
}
END_TEST

START_TEST(test_stock_layouts_lists_what_there_is_instead_of_a_table)
{
    their_file_add_group("other");
    their_file_add_array("other/close", H5T_NATIVE_DOUBLE, H5T_NATIVE_DOUBLE, 1,
                         &(double){1});
    their_file_close();
    check_refusal(
        "close", -EINVAL,
        ": no stock table in this HDF5 file; it has /other (group), /other/close");
}
END_TEST

START_TEST(test_stock_layouts_says_that_a_file_has_nothing)
{
    their_file_close();
    check_refusal("close", -EINVAL,
                  ": no stock table in this HDF5 file; it has nothing");
}
END_TEST

START_TEST(test_stock_layouts_refuses_a_column_of_text)
{
    their_file_add_rows("data", "name", 3);
    their_file_close();
    check_refusal("name", -EINVAL, ": column \"name\" in /data is not numbers");
}
END_TEST

START_TEST(test_stock_layouts_names_the_row_whose_timestamp_is_none)
{
    const char texts[3][10] = {"2013-07-01", "2013-07-xx", "2013-07-03"};
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, 10);
    their_file_add_array("timestamp", text, text, 3, texts);
    their_file_add_array("close", H5T_NATIVE_INT, H5T_NATIVE_INT, 3,
                         (int[]){1, 2, 3});
    H5Tclose(text);
    their_file_close();
    check_refusal("close", -EINVAL, ": /, row 1: its timestamp is no date and time");
}
END_TEST

START_TEST(test_stock_layouts_names_the_row_that_is_out_of_order)
{
    their_file_add_array("timestamp", H5T_NATIVE_INT64, H5T_NATIVE_INT64, 3,
                         (int64_t[]){1, _i == 0 ? 1 : 0, 2});
    their_file_add_array("close", H5T_NATIVE_INT, H5T_NATIVE_INT, 3,
                         (int[]){1, 2, 3});
    their_file_close();
    check_refusal("close", -EINVAL,
                  ": /, row 1: its timestamp is not after the one before");
}
END_TEST

START_TEST(test_stock_layouts_refuses_unequal_lengths)
{
    their_file_add_array("timestamp", H5T_NATIVE_INT64, H5T_NATIVE_INT64, 2,
                         (int64_t[]){1, 2});
    their_file_add_array("close", H5T_NATIVE_INT, H5T_NATIVE_INT, 3,
                         (int[]){1, 2, 3});
    their_file_close();
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
    H5Dclose(H5Dcreate2(their_file, "close", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT,
                        layout, H5P_DEFAULT));
    H5Pclose(layout);
    H5Sclose(space);
    their_file_add_array("timestamp", H5T_NATIVE_INT64, H5T_NATIVE_INT64, 2,
                         (int64_t[]){1, 2});
    their_file_close();
    check_refusal("close", -EFBIG, ": \"close\" in /: more than memory allows");
}
END_TEST

static void check_no_hdf5(const char *not_hdf5, int status, const char *sentence)
{
    H5Fclose(their_file);
    snprintf(their_path, sizeof their_path, "%s", not_hdf5);
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
    tcase_add_checked_fixture(tests, their_file_create, their_file_remove);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, test_stock_layouts_reads_a_bare_table);
    tcase_add_test(tests, test_stock_layouts_reads_a_table_under_any_name);
    tcase_add_test(tests, test_stock_layouts_numbers_rows_that_have_no_timestamp);
    tcase_add_test(tests, test_stock_layouts_reads_a_table_of_no_rows);
    tcase_add_test(tests, test_stock_layouts_reads_arrays_in_a_group);
    tcase_add_test(
        tests, test_stock_layouts_reads_arrays_at_the_top_and_texts_of_any_length);
    tcase_add_test(tests, test_stock_layouts_lists_the_columns_that_there_are);
    tcase_add_test(tests, test_stock_layouts_refuses_a_text_that_no_moment_has);
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
