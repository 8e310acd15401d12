// What data/README.md promises of the stock data: their lines, days, prices and the
// one pair that is most correlated; and that data/daily-stock.tgz is what the
// generator writes.

#include "unit.h"
#include "stock_rows.h"
#include "../../data/stock_archive.h"
#include "../../data/stock_data.h"
#include <errno.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_SERIES = 32 };

static char scratch[] = "/tmp/stock_data.XXXXXX";
static char folder[64], other_folder[64];

static void setup(void)
{
    strcpy(scratch + strlen(scratch) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(scratch));
    snprintf(folder, sizeof folder, "%s/stock", scratch);
    snprintf(other_folder, sizeof other_folder, "%s/other", scratch);
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", scratch);
    ck_assert_int_eq(system(command), 0);
}

static glob_t files_of(const char *path)
{
    char pattern[96];
    snprintf(pattern, sizeof pattern, "%s/*.json", path);
    glob_t files;
    ck_assert_int_eq(glob(pattern, 0, NULL, &files), 0);
    return files;
}

static double correlation(const double x[], const double y[], size_t count)
{
    double mean_x = 0, mean_y = 0, xy = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < count; i++) {
        mean_x += x[i] / (double)count;
        mean_y += y[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        xy += (x[i] - mean_x) * (y[i] - mean_y);
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        yy += (y[i] - mean_y) * (y[i] - mean_y);
    }
    return xy / sqrt(xx * yy);
}

// The closes of all files of the folder, row by row. How many files.
static size_t read_closes(double closes[][MOST_ROWS], size_t *row_count)
{
    static struct stock_row rows[MOST_ROWS];
    glob_t files = files_of(folder);
    ck_assert_uint_le(files.gl_pathc, MOST_SERIES);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        *row_count = stock_rows_read(files.gl_pathv[i], false, rows);
        for (size_t row = 0; row < *row_count; row++)
            closes[i][row] = rows[row].close;
    }
    size_t count = files.gl_pathc;
    globfree(&files);
    return count;
}

// By how much the greatest correlation of a pair is above the second greatest.
static double gap_of_best_pair(void)
{
    static double closes[MOST_SERIES][MOST_ROWS];
    size_t row_count = 0;
    size_t count = read_closes(closes, &row_count);
    double best = -2, second = -2;
    for (size_t a = 0; a < count; a++) {
        for (size_t b = a + 1; b < count; b++) {
            double r = correlation(closes[a], closes[b], row_count);
            if (r > best) {
                second = best;
                best = r;
            } else if (r > second) {
                second = r;
            }
        }
    }
    return best - second;
}

static void assert_same_folders(void)
{
    char command[256];
    snprintf(command, sizeof command, "diff -r %s %s", folder, other_folder);
    ck_assert_int_eq(system(command), 0);
}

static void extract_default(const char *path)
{
    struct archive_error error = {""};
    int status = stock_archive_extract("data/daily-stock.tgz", path, &error);
    ck_assert_msg(status == 0, "%s", error.text);
}

START_TEST(test_stock_data_archive_is_what_the_generator_writes)
{
    struct stock_data_options options = STOCK_DATA_DAILY;
    extract_default(folder);
    ck_assert_int_eq(stock_data_generate(&options, other_folder), 0);
    assert_same_folders();
}
END_TEST

START_TEST(test_stock_data_archive_is_small)
{
    struct stat found;
    ck_assert_int_eq(stat("data/daily-stock.tgz", &found), 0);
    ck_assert_int_le(found.st_size, 4 << 20);
}
END_TEST

START_TEST(test_stock_data_default_is_consistent)
{
    static struct stock_row rows[MOST_ROWS];
    extract_default(folder);
    glob_t files = files_of(folder);
    ck_assert_uint_eq(files.gl_pathc, 30);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        ck_assert_uint_eq(stock_rows_read(files.gl_pathv[i], false, rows), 2520);
        stock_rows_assert_consistent(rows, 2520);
    }
    globfree(&files);
}
END_TEST

START_TEST(test_stock_data_default_has_one_best_pair)
{
    extract_default(folder);
    ck_assert_double_ge(gap_of_best_pair(), 1e-3);
}
END_TEST

START_TEST(test_stock_data_of_any_seed_has_one_best_pair)
{
    struct stock_data_options options = STOCK_DATA_DAILY;
    options.day_count = 250;
    options.seed = (uint64_t)_i + 100;
    ck_assert_int_eq(stock_data_generate(&options, folder), 0);
    ck_assert_double_ge(gap_of_best_pair(), 1e-3);
}
END_TEST

START_TEST(test_stock_data_skips_holidays)
{
    static const char *const holidays[] = {"2013-07-04", "2013-09-02", "2013-11-28",
                                           "2013-12-25", "2014-01-01", "2014-05-26"};
    struct stock_data_options options = STOCK_DATA_DAILY;
    options.symbol_count = 1;
    ck_assert_int_eq(stock_data_generate(&options, folder), 0);
    for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++) {
        char command[160];
        snprintf(command, sizeof command, "grep -q %s %s/*.json", holidays[i],
                 folder);
        ck_assert_int_ne(system(command), 0);
    }
}
END_TEST

START_TEST(test_stock_data_other_seed_gives_other_data)
{
    struct stock_data_options options = STOCK_DATA_DAILY;
    options.symbol_count = 1;
    ck_assert_int_eq(stock_data_generate(&options, folder), 0);
    options.seed++;
    ck_assert_int_eq(stock_data_generate(&options, other_folder), 0);
    char command[256];
    snprintf(command, sizeof command, "cat %s/*.json | cmp -s - %s/*.json", folder,
             other_folder);
    ck_assert_int_ne(system(command), 0);
}
END_TEST

START_TEST(test_stock_data_unequal_has_calendars_of_their_own)
{
    static struct stock_row rows[MOST_ROWS];
    struct stock_data_options options = STOCK_DATA_UNEQUAL;
    size_t least = MOST_ROWS, most = 0;
    int fractional = 0;
    ck_assert_int_eq(stock_data_generate(&options, folder), 0);
    glob_t files = files_of(folder);
    ck_assert_uint_eq(files.gl_pathc, 29);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        size_t count = stock_rows_read(files.gl_pathv[i], true, rows);
        stock_rows_assert_consistent(rows, count);
        if (count < least) least = count;
        if (count > most) most = count;
        fractional += fmod(rows[0].volume, 1) != 0;
    }
    globfree(&files);
    ck_assert_uint_eq(least, 1870);
    ck_assert_uint_eq(most, 3926);
    ck_assert_int_ge(fractional, 25);
}
END_TEST

START_TEST(test_stock_data_lesson_has_two_minute_bars)
{
    static struct stock_row rows[MOST_ROWS];
    struct stock_data_options options = STOCK_DATA_LESSON;
    options.symbol_count = 1;
    options.bar_count = 2 * 196 + 1;
    ck_assert_int_eq(stock_data_generate(&options, folder), 0);
    glob_t files = files_of(folder);
    ck_assert_uint_eq(stock_rows_read(files.gl_pathv[0], false, rows), 2 * 196 + 1);
    globfree(&files);
    stock_rows_assert_consistent(rows, 2 * 196 + 1);
    ck_assert_int_eq(rows[0].minute, 9 * 60 + 30);
    ck_assert_int_eq(rows[195].minute, 16 * 60);
    ck_assert_int_eq(rows[196].minute, 9 * 60 + 30);
}
END_TEST

START_TEST(test_stock_data_lesson_has_its_number_of_bars)
{
    struct stock_data_options options = STOCK_DATA_LESSON;
    ck_assert_uint_eq(options.symbol_count, 21);
    options.symbol_count = 1;
    ck_assert_int_eq(stock_data_generate(&options, folder), 0);
    char command[128];
    snprintf(command, sizeof command, "test $(cat %s/*.json | wc -l) = 77015",
             folder);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(test_stock_data_refuses_an_existing_folder)
{
    struct stock_data_options options = STOCK_DATA_DAILY;
    ck_assert_int_eq(mkdir(folder, 0755), 0);
    ck_assert_int_eq(stock_data_generate(&options, folder), -EEXIST);
}
END_TEST

START_TEST(test_stock_data_refuses_options_out_of_bounds)
{
    struct stock_data_options options = STOCK_DATA_DAILY;
    options.symbol_count = 0;
    ck_assert_int_eq(stock_data_generate(&options, folder), -EINVAL);
    options.symbol_count = 1;
    options.day_count = MOST_DAYS + 1;
    ck_assert_int_eq(stock_data_generate(&options, folder), -EINVAL);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stock_data");
    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, test_stock_data_archive_is_what_the_generator_writes);
    tcase_add_test(cases, test_stock_data_archive_is_small);
    tcase_add_test(cases, test_stock_data_default_is_consistent);
    tcase_add_test(cases, test_stock_data_default_has_one_best_pair);
    tcase_add_loop_test(cases, test_stock_data_of_any_seed_has_one_best_pair, 0, 5);
    tcase_add_test(cases, test_stock_data_skips_holidays);
    tcase_add_test(cases, test_stock_data_other_seed_gives_other_data);
    tcase_add_test(cases, test_stock_data_unequal_has_calendars_of_their_own);
    tcase_add_test(cases, test_stock_data_lesson_has_two_minute_bars);
    tcase_add_test(cases, test_stock_data_lesson_has_its_number_of_bars);
    tcase_add_test(cases, test_stock_data_refuses_an_existing_folder);
    tcase_add_test(cases, test_stock_data_refuses_options_out_of_bounds);
    Suite *suite = suite_create("stock_data");
    suite_add_tcase(suite, cases);
    return unit_run(suite);
}
