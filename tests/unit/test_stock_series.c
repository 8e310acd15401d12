// Series in memory: as a block of bytes, and several of them aligned.

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "stocks/stock_series.h"
#include "unit.h"

static struct stock_series three = {3, (int64_t[]){10, 20, 30},
                                    (double[]){1.5, NAN, -3}};

START_TEST(test_stock_series_is_the_same_after_pack_and_unpack)
{
    struct stock_series copy;
    size_t size;
    void *bytes = stock_series_pack(&three, &size);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq(stock_series_unpack(bytes, size, &copy), 0);
    free(bytes);
    ck_assert_uint_eq(copy.length, 3);
    ck_assert_int_eq(memcmp(copy.timestamps_ns, three.timestamps_ns, 24), 0);
    ck_assert_int_eq(memcmp(copy.values, three.values, 24), 0);
    stock_series_close(&copy);
    stock_series_close(&copy);
    ck_assert_uint_eq(copy.length, 0);
}
END_TEST

START_TEST(test_stock_series_packs_one_of_no_length)
{
    struct stock_series none = {0}, copy;
    size_t size;
    void *bytes = stock_series_pack(&none, &size);
    ck_assert_int_eq(stock_series_unpack(bytes, size, &copy), 0);
    ck_assert_uint_eq(copy.length, 0);
    stock_series_close(&copy);
    free(bytes);
}
END_TEST

START_TEST(test_stock_series_unpacks_no_cut_block)
{
    struct stock_series copy;
    size_t size;
    void *bytes = stock_series_pack(&three, &size);
    for (size_t cut = 0; cut < size; cut++) {
        ck_assert_int_eq(stock_series_unpack(bytes, cut, &copy), -EINVAL);
        ck_assert_ptr_null(copy.values);
    }
    free(bytes);
}
END_TEST

START_TEST(test_stock_series_unpacks_no_other_bytes)
{
    struct stock_series copy;
    size_t size;
    unsigned char *bytes = stock_series_pack(&three, &size);
    for (size_t i = 0; i < 16; i++) { // the mark and the length
        bytes[i] ^= 0x40;
        ck_assert_int_eq(stock_series_unpack(bytes, size, &copy), -EINVAL);
        bytes[i] ^= 0x40;
    }
    free(bytes);
}
END_TEST

static void check_aligned(const struct aligned_series *aligned, size_t length,
                          const int64_t moments[], const double values[])
{
    ck_assert_uint_eq(aligned->length, length);
    if (moments)
        ck_assert_int_eq(
            memcmp(aligned->timestamps_ns, moments, length * sizeof *moments), 0);
    else
        ck_assert_ptr_null(aligned->timestamps_ns);
    for (size_t i = 0; i < aligned->series_count * length; i++)
        ck_assert_double_eq(aligned->values[i], values[i]);
}

START_TEST(test_stock_series_align_by_the_moments_that_all_have)
{
    const struct stock_series series[] = {
        {5, (int64_t[]){1, 2, 4, 6, 8}, (double[]){1, 2, 4, 6, 8}},
        {4, (int64_t[]){2, 3, 4, 8}, (double[]){20, 30, 40, 80}},
        {6, (int64_t[]){0, 2, 4, 5, 8, 9}, (double[]){0, 200, 400, 500, 800, 900}},
    };
    struct aligned_series aligned;
    ck_assert_int_eq(aligned_series_init(&aligned, series, 3), 0);
    ck_assert_uint_eq(aligned.series_count, 3);
    check_aligned(&aligned, 3, (int64_t[]){2, 4, 8},
                  (double[]){2, 4, 8, 20, 40, 80, 200, 400, 800});
    aligned_series_close(&aligned);
    ck_assert_ptr_null(aligned.values);
}
END_TEST

START_TEST(test_stock_series_align_without_moments_that_one_lacks_a_number_for)
{
    const struct stock_series series[] = {
        {4, (int64_t[]){1, 2, 3, 4}, (double[]){1, NAN, 3, 4}},
        {4, (int64_t[]){1, 2, 3, 4}, (double[]){10, 20, INFINITY, 40}},
    };
    struct aligned_series aligned;
    ck_assert_int_eq(aligned_series_init(&aligned, series, 2), 0);
    check_aligned(&aligned, 2, (int64_t[]){1, 4}, (double[]){1, 4, 10, 40});
    aligned_series_close(&aligned);
}
END_TEST

START_TEST(test_stock_series_align_to_nothing_where_no_moment_is_common)
{
    const struct stock_series series[] = {{2, (int64_t[]){1, 3}, (double[]){1, 3}},
                                          {2, (int64_t[]){2, 4}, (double[]){2, 4}},
                                          {0}};
    struct aligned_series aligned;
    for (size_t count = 2; count <= 3; count++) {
        ck_assert_int_eq(aligned_series_init(&aligned, series, count), 0);
        ck_assert_uint_eq(aligned.length, 0);
        ck_assert_uint_eq(aligned.series_count, count);
        aligned_series_close(&aligned);
    }
}
END_TEST

START_TEST(test_stock_series_align_alone)
{
    struct aligned_series aligned;
    ck_assert_int_eq(aligned_series_init(&aligned, &three, 1), 0);
    check_aligned(&aligned, 2, (int64_t[]){10, 30}, (double[]){1.5, -3});
    aligned_series_close(&aligned);
}
END_TEST

START_TEST(test_stock_series_align_none_is_an_error)
{
    struct aligned_series aligned;
    ck_assert_int_eq(aligned_series_init(&aligned, NULL, 0), -EINVAL);
    ck_assert_int_eq(aligned_series_init_by_row(&aligned, NULL, 0), -EINVAL);
}
END_TEST

START_TEST(test_stock_series_align_by_row_up_to_the_shortest)
{
    const struct stock_series series[] = {
        {4, (int64_t[]){1, 2, 3, 4}, (double[]){1, 2, NAN, 4}},
        {5, (int64_t[]){5, 6, 7, 8, 9}, (double[]){5, 6, 7, 8, 9}}};
    struct aligned_series aligned;
    ck_assert_int_eq(aligned_series_init_by_row(&aligned, series, 2), 0);
    check_aligned(&aligned, 3, NULL, (double[]){1, 2, 4, 5, 6, 8});
    aligned_series_close(&aligned);
}
END_TEST

// Random calendars against the definition: a moment is kept if every series has it.
START_TEST(test_stock_series_align_as_the_definition_says)
{
    enum { SERIES = 4, MOMENTS = 300 };
    static int64_t moments[SERIES][MOMENTS];
    static double values[SERIES][MOMENTS];
    struct stock_series series[SERIES];
    bool has[SERIES][MOMENTS];
    struct aligned_series aligned;
    srand((unsigned)_i + 1);
    for (int i = 0; i < SERIES; i++) {
        series[i] = (struct stock_series){0, moments[i], values[i]};
        for (int at = 0; at < MOMENTS; at++) {
            has[i][at] = rand() % 4 > 0;
            if (!has[i][at]) continue;
            moments[i][series[i].length] = at;
            values[i][series[i].length++] = i * 1000 + at;
        }
    }
    ck_assert_int_eq(aligned_series_init(&aligned, series, SERIES), 0);
    size_t kept = 0;
    for (int at = 0; at < MOMENTS; at++) {
        if (!has[0][at] || !has[1][at] || !has[2][at] || !has[3][at]) continue;
        ck_assert_int_eq(aligned.timestamps_ns[kept], at);
        for (int i = 0; i < SERIES; i++)
            ck_assert(aligned.values[i * aligned.length + kept] == i * 1000 + at);
        kept++;
    }
    ck_assert_uint_eq(aligned.length, kept);
    aligned_series_close(&aligned);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_series");
    TCase *tests = tcase_create("stock_series");
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, test_stock_series_is_the_same_after_pack_and_unpack);
    tcase_add_test(tests, test_stock_series_packs_one_of_no_length);
    tcase_add_test(tests, test_stock_series_unpacks_no_cut_block);
    tcase_add_test(tests, test_stock_series_unpacks_no_other_bytes);
    tcase_add_test(tests, test_stock_series_align_by_the_moments_that_all_have);
    tcase_add_test(
        tests, test_stock_series_align_without_moments_that_one_lacks_a_number_for);
    tcase_add_test(tests,
                   test_stock_series_align_to_nothing_where_no_moment_is_common);
    tcase_add_test(tests, test_stock_series_align_alone);
    tcase_add_test(tests, test_stock_series_align_none_is_an_error);
    tcase_add_test(tests, test_stock_series_align_by_row_up_to_the_shortest);
    tcase_add_loop_test(tests, test_stock_series_align_as_the_definition_says, 0,
                        20);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
