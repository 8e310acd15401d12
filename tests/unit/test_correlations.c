// 7.3: the solution gives the stub's bytes whatever the executor, and both are
// right.

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "unit.h"

int stub_load_series(enum executor_kind kind, int workers,
                     const char *const h5_paths[], size_t count, const char *column,
                     struct aligned_series *aligned);
int stub_correlate_pairs(enum executor_kind kind, int workers,
                         const struct aligned_series *series, double r[],
                         struct best_pair *best);

typedef int correlate_fn(enum executor_kind kind, int workers,
                         const struct aligned_series *series, double r[],
                         struct best_pair *best);

static correlate_fn *const versions[] = {stub_correlate_pairs, correlate_pairs};
static const enum executor_kind kinds[] = {EXECUTOR_THREADS, EXECUTOR_PROCESSES,
                                           EXECUTOR_TEXTBOOK};
enum { KIND_COUNT = 3, SERIES = 13, LENGTH = 300 };

static double random_unit(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) * 0x1p-53;
}

// Series of the given mean with a common part, about 1 in standard deviation.
static struct aligned_series random_series(size_t count, size_t length, double mean)
{
    uint64_t state = 0x9e3779b97f4a7c15;
    double *values = calloc(count * length, sizeof *values);
    ck_assert_ptr_nonnull(values);
    for (size_t k = 0; k < length; k++) {
        double common = 3 * random_unit(&state);
        for (size_t i = 0; i < count; i++)
            values[i * length + k] =
                mean + common + (double)i * random_unit(&state) / 2;
    }
    return (struct aligned_series){count, length, NULL, values};
}

static long double exact(const double x[], const double y[], size_t length)
{
    long double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0;
    for (size_t k = 0; k < length; k++) {
        mean_x += x[k] / (long double)length;
        mean_y += y[k] / (long double)length;
    }
    for (size_t k = 0; k < length; k++) {
        xx += (x[k] - mean_x) * (x[k] - mean_x);
        xy += (x[k] - mean_x) * (y[k] - mean_y);
        yy += (y[k] - mean_y) * (y[k] - mean_y);
    }
    return xy / sqrtl(xx * yy);
}

static void assert_close_to_exact(correlate_fn *correlate, double mean)
{
    struct aligned_series s = random_series(SERIES, LENGTH, mean);
    double r[SERIES * SERIES];
    struct best_pair best;
    ck_assert_int_eq(correlate(EXECUTOR_THREADS, 2, &s, r, &best), 0);
    double greatest = -1;
    for (size_t i = 0; i < SERIES; i++) {
        for (size_t j = 0; j < SERIES; j++) {
            long double expected =
                exact(s.values + i * LENGTH, s.values + j * LENGTH, LENGTH);
            ck_assert(fabsl(r[i * SERIES + j] - expected) <= 1e-9L);
            ck_assert(fabs(r[i * SERIES + j]) <= 1);
            if (i != j && expected > greatest) greatest = (double)expected;
        }
        ck_assert(r[i * SERIES + i] == 1);
    }
    ck_assert(best.a < best.b);
    ck_assert(best.r == r[best.a * SERIES + best.b]);
    ck_assert(fabs(best.r - greatest) <= 1e-9);
    aligned_series_close(&s);
}

START_TEST(test_correlations_agree_with_long_double)
{
    assert_close_to_exact(versions[_i], 0);
}
END_TEST

START_TEST(test_correlations_keep_their_digits_far_from_zero)
{
    assert_close_to_exact(versions[_i], 1e6);
}
END_TEST

START_TEST(test_correlations_are_the_same_bytes_on_any_executor)
{
    static const int workers[] = {1, 2, 3, 8};
    struct aligned_series s = random_series(SERIES, LENGTH, 100);
    for (size_t k = 0; k < LENGTH; k++) s.values[5 * LENGTH + k] = 7;
    double expected[SERIES * SERIES], r[SERIES * SERIES];
    struct best_pair expected_best, best;
    ck_assert_int_eq(
        stub_correlate_pairs(EXECUTOR_THREADS, 1, &s, expected, &expected_best), 0);
    for (size_t k = 0; k < sizeof workers / sizeof *workers; k++) {
        memset(r, 0, sizeof r);
        ck_assert_int_eq(correlate_pairs(kinds[_i], workers[k], &s, r, &best), 0);
        ck_assert_mem_eq(r, expected, sizeof r);
        ck_assert_uint_eq(best.a, expected_best.a);
        ck_assert_uint_eq(best.b, expected_best.b);
        ck_assert_mem_eq(&best.r, &expected_best.r, sizeof best.r);
    }
    aligned_series_close(&s);
}
END_TEST

START_TEST(test_correlations_of_a_constant_series_are_nan_and_never_best)
{
    struct aligned_series s = random_series(3, LENGTH, 0);
    for (size_t k = 0; k < LENGTH; k++) s.values[k] = 0.1;
    double r[9];
    struct best_pair best;
    ck_assert_int_eq(versions[_i](EXECUTOR_THREADS, 2, &s, r, &best), 0);
    for (size_t j = 0; j < 3; j++) ck_assert(isnan(r[j]) && isnan(r[3 * j]));
    ck_assert_uint_eq(best.a, 1);
    ck_assert_uint_eq(best.b, 2);
    ck_assert(best.r == r[1 * 3 + 2]);
    aligned_series_close(&s);
}
END_TEST

START_TEST(test_correlations_without_any_pair_have_no_best)
{
    double values[] = {4, 4, 1, 2}, r[4];
    struct aligned_series s = {2, 2, NULL, values};
    struct best_pair best = {9, 9, 9};
    ck_assert_int_eq(versions[_i](EXECUTOR_THREADS, 2, &s, r, &best), 0);
    ck_assert_uint_eq(best.a, 0);
    ck_assert_uint_eq(best.b, 0);
    ck_assert(isnan(best.r));
    ck_assert(r[3] == 1);
}
END_TEST

START_TEST(test_correlations_of_series_of_one_value_are_nan)
{
    double values[] = {4, 5}, r[4];
    for (size_t length = 0; length <= 1; length++) {
        struct aligned_series s = {2, length, NULL, values};
        struct best_pair best;
        ck_assert_int_eq(versions[_i](EXECUTOR_THREADS, 2, &s, r, &best), 0);
        for (size_t k = 0; k < 4; k++) ck_assert(isnan(r[k]));
        ck_assert(isnan(best.r));
    }
}
END_TEST

START_TEST(test_correlations_that_tie_choose_the_first_pair)
{
    double values[] = {1, 2, 4, 1, 2, 4, 1, 2, 4}, r[9];
    struct aligned_series s = {3, 3, NULL, values};
    struct best_pair best;
    ck_assert_int_eq(versions[_i](EXECUTOR_THREADS, 2, &s, r, &best), 0);
    ck_assert_uint_eq(best.a, 0);
    ck_assert_uint_eq(best.b, 1);
    ck_assert(best.r <= 1);
}
END_TEST

// ---- loading

static char folder[] = "/tmp/test_correlations_XXXXXX";
static char paths[4][64];
static const char *const path_list[] = {paths[0], paths[1], paths[2], paths[3]};

// Four files, the k-th without the k-th of its first days, so that calendars differ.
static void create_files(void)
{
    static char *names[] = {"close", "open"};
    strcpy(folder, "/tmp/test_correlations_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (int64_t file = 0; file < 4; file++) {
        int64_t moments[20];
        double close_values[20], open_values[20];
        size_t rows = 0;
        for (int64_t day = 0; day < 20; day++) {
            if (day == file) continue;
            moments[rows] = day * 86400 * INT64_C(1000000000);
            open_values[rows] = -(double)day;
            close_values[rows++] = (double)(100 * file + day);
        }
        struct stock_table table = {rows, 2, names, moments,
                                    (double *[]){close_values, open_values}};
        snprintf(paths[file], sizeof paths[file], "%s/S%d.h5", folder, (int)file);
        ck_assert_int_eq(stock_table_write_hdf5(&table, paths[file], NULL, NULL), 0);
    }
}

static void remove_files(void)
{
    for (int k = 0; k < 4; k++) unlink(paths[k]);
    rmdir(folder);
}

START_TEST(test_loading_gives_the_common_days_on_any_executor)
{
    struct aligned_series expected, s;
    ck_assert_int_eq(
        stub_load_series(kinds[_i], 2, path_list, 4, "close", &expected), 0);
    ck_assert_uint_eq(expected.length, 16);
    ck_assert(expected.values[16] == 104);
    for (int workers = 1; workers <= 8; workers *= 2) {
        ck_assert_int_eq(load_series(kinds[_i], workers, path_list, 4, "close", &s),
                         0);
        ck_assert_uint_eq(s.series_count, 4);
        ck_assert_uint_eq(s.length, expected.length);
        ck_assert_mem_eq(s.timestamps_ns, expected.timestamps_ns,
                         16 * sizeof(int64_t));
        ck_assert_mem_eq(s.values, expected.values, 4 * 16 * sizeof(double));
        aligned_series_close(&s);
    }
    aligned_series_close(&expected);
}
END_TEST

START_TEST(test_loading_tells_the_first_files_error)
{
    struct aligned_series expected, s;
    ck_assert_int_eq(truncate(paths[1], 100), 0);
    ck_assert_int_eq(unlink(paths[2]), 0);
    int status = stub_load_series(kinds[_i], 2, path_list, 4, "close", &expected);
    ck_assert_int_lt(status, 0);
    ck_assert_int_ne(status, -ENOENT);
    ck_assert_int_eq(load_series(kinds[_i], 3, path_list, 4, "close", &s), status);
    ck_assert_ptr_null(s.values);
    ck_assert_uint_eq(s.series_count, 0);
}
END_TEST

START_TEST(test_loading_an_unknown_column_is_enoent)
{
    struct aligned_series s;
    ck_assert_int_eq(load_series(kinds[_i], 2, path_list, 4, "volume", &s), -ENOENT);
    ck_assert_ptr_null(s.values);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("correlations");
    TCase *pairs = tcase_create("pairs");
    tcase_set_timeout(pairs, 30);
    tcase_add_loop_test(pairs, test_correlations_agree_with_long_double, 0, 2);
    tcase_add_loop_test(pairs, test_correlations_keep_their_digits_far_from_zero, 0,
                        2);
    tcase_add_loop_test(pairs, test_correlations_are_the_same_bytes_on_any_executor,
                        0, KIND_COUNT);
    tcase_add_loop_test(
        pairs, test_correlations_of_a_constant_series_are_nan_and_never_best, 0, 2);
    tcase_add_loop_test(pairs, test_correlations_without_any_pair_have_no_best, 0,
                        2);
    tcase_add_loop_test(pairs, test_correlations_of_series_of_one_value_are_nan, 0,
                        2);
    tcase_add_loop_test(pairs, test_correlations_that_tie_choose_the_first_pair, 0,
                        2);
    suite_add_tcase(suite, pairs);
    TCase *loading = tcase_create("loading");
    tcase_set_timeout(loading, 30);
    tcase_add_checked_fixture(loading, create_files, remove_files);
    tcase_add_loop_test(loading, test_loading_gives_the_common_days_on_any_executor,
                        0, KIND_COUNT);
    tcase_add_loop_test(loading, test_loading_tells_the_first_files_error, 0,
                        KIND_COUNT);
    tcase_add_loop_test(loading, test_loading_an_unknown_column_is_enoent, 0,
                        KIND_COUNT);
    suite_add_tcase(suite, loading);
    return unit_run(suite);
}
