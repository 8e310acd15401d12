// The steps of the ladder of 7.3, each on vectors of 2, 4 and 8 numbers: right within what the
// contract allows, and the same bytes whoever computes.

#include "correlations.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "unit.h"

typedef int correlate_fn(enum executor_kind kind, int workers,
                         const struct aligned_series *series, double r[],
                         struct best_pair *best);

correlate_fn stub_correlate_pairs;
correlate_fn step_1_lanes_8, step_2_lanes_8, step_3_lanes_8;
correlate_fn step_4_lanes_2, step_4_lanes_4, step_4_lanes_8;
correlate_fn step_5_lanes_2, step_5_lanes_4, step_5_lanes_8;

static correlate_fn *const steps[] = {
    step_1_lanes_8, step_2_lanes_8, step_3_lanes_8, step_4_lanes_2, step_4_lanes_4,
    step_4_lanes_8, step_5_lanes_2, step_5_lanes_4, step_5_lanes_8};
enum { STEPS = sizeof steps / sizeof *steps };

// Around the sides of panels, groups of panels and tiles, and the depth of a block.
static const size_t counts[] = {0, 1, 2, 7, 8, 9, 31, 90, 107};
static const size_t lengths[] = {2, 3, 127, 129, 300};
enum {
    COUNTS = sizeof counts / sizeof *counts,
    LENGTHS = sizeof lengths / sizeof *lengths
};

struct answer {
    size_t n;
    double *r;
    struct best_pair best;
};

static double random_unit(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (double)(*state >> 11) * 0x1p-53;
}

static struct aligned_series random_series(size_t n, size_t length, double mean)
{
    uint64_t state = 0x9e3779b97f4a7c15;
    double *values = calloc(n * length + 1, sizeof *values);
    ck_assert_ptr_nonnull(values);
    for (size_t k = 0; k < length; k++) {
        double common = 3 * random_unit(&state);
        for (size_t i = 0; i < n; i++)
            values[i * length + k] = mean + common + 2 * random_unit(&state);
    }
    return (struct aligned_series){n, length, NULL, values};
}

static struct answer answer_of(correlate_fn *correlate, enum executor_kind kind,
                               int workers, const struct aligned_series *series)
{
    struct answer answer = {.n = series->series_count};
    answer.r = calloc(answer.n * answer.n + 1, sizeof *answer.r);
    ck_assert_ptr_nonnull(answer.r);
    ck_assert_int_eq(correlate(kind, workers, series, answer.r, &answer.best), 0);
    return answer;
}

// Within rounding of the stub's, NaN where it has NaN, exactly 1 where it has 1 by itself.
static void assert_as_stub(correlate_fn *step, const struct aligned_series *series)
{
    struct answer stub =
        answer_of(stub_correlate_pairs, EXECUTOR_THREADS, 1, series);
    struct answer answer = answer_of(step, EXECUTOR_THREADS, 2, series);
    size_t n = answer.n;
    for (size_t k = 0; k < n * n; k++) {
        ck_assert_int_eq(isnan(answer.r[k]) != 0, isnan(stub.r[k]) != 0);
        if (isnan(stub.r[k])) continue;
        ck_assert(fabs(answer.r[k]) <= 1);
        ck_assert(fabs(answer.r[k] - stub.r[k]) <= 1e-11);
        ck_assert(k % (n + 1) != 0 || answer.r[k] == 1);
    }
    ck_assert_int_eq(isnan(answer.best.r) != 0, isnan(stub.best.r) != 0);
    if (isnan(stub.best.r)) {
        ck_assert(answer.best.a == 0 && answer.best.b == 0);
    } else {
        ck_assert_uint_lt(answer.best.a, answer.best.b);
        ck_assert(answer.best.r == answer.r[answer.best.a * n + answer.best.b]);
        ck_assert(fabs(answer.best.r - stub.best.r) <= 1e-11);
    }
    free(stub.r);
    free(answer.r);
}

START_TEST(test_ladder_agrees_with_the_stub_on_any_size)
{
    for (size_t c = 0; c < COUNTS; c++)
        for (size_t l = 0; l < LENGTHS; l++) {
            struct aligned_series series = random_series(counts[c], lengths[l], 100);
            assert_as_stub(steps[_i], &series);
            aligned_series_close(&series);
        }
}
END_TEST

START_TEST(test_ladder_keeps_its_digits_far_from_zero)
{
    struct aligned_series series = random_series(26, 300, 1e6);
    assert_as_stub(steps[_i], &series);
    aligned_series_close(&series);
}
END_TEST

// Constant series, twins, a mirror image; and no pair at all.
START_TEST(test_ladder_agrees_on_constant_and_related_series)
{
    struct aligned_series series = random_series(26, 300, 0);
    double *values = series.values;
    for (size_t k = 0; k < 300; k++) {
        values[k] = 0.1;
        values[9 * 300 + k] = 1e6;
        values[3 * 300 + k] = -values[25 * 300 + k] / 3 + 7;
        values[24 * 300 + k] = values[300 + k];
    }
    assert_as_stub(steps[_i], &series);
    for (size_t row = 0; row < 26; row++)
        for (size_t k = 0; k < 300; k++) values[row * 300 + k] = (double)row;
    assert_as_stub(steps[_i], &series);
    aligned_series_close(&series);
}
END_TEST

START_TEST(test_ladder_of_series_of_one_value_is_nan)
{
    for (size_t length = 0; length <= 1; length++) {
        struct aligned_series series = random_series(9, length, 5);
        assert_as_stub(steps[_i], &series);
        aligned_series_close(&series);
    }
}
END_TEST

START_TEST(test_ladder_that_ties_chooses_the_first_pair)
{
    struct aligned_series series = random_series(107, 40, 0);
    for (size_t i = 0; i < 107; i++)
        memcpy(series.values + i * 40, series.values, 40 * sizeof(double));
    struct answer answer = answer_of(steps[_i], EXECUTOR_THREADS, 3, &series);
    ck_assert_uint_eq(answer.best.a, 0);
    ck_assert_uint_eq(answer.best.b, 1);
    free(answer.r);
    aligned_series_close(&series);
}
END_TEST

static void assert_same_bytes(const struct answer *answer,
                              const struct answer *expected)
{
    size_t size = expected->n * expected->n * sizeof *expected->r;
    ck_assert_int_eq(memcmp(answer->r, expected->r, size), 0);
    ck_assert_uint_eq(answer->best.a, expected->best.a);
    ck_assert_uint_eq(answer->best.b, expected->best.b);
    ck_assert_int_eq(memcmp(&answer->best.r, &expected->best.r, sizeof(double)), 0);
}

START_TEST(test_ladder_gives_the_same_bytes_on_any_executor_and_workers)
{
    static const enum executor_kind kinds[] = {EXECUTOR_THREADS, EXECUTOR_PROCESSES,
                                               EXECUTOR_TEXTBOOK};
    static const int workers[] = {1, 2, 3, 8};
    struct aligned_series series = random_series(107, 131, 100);
    for (size_t k = 0; k < 131; k++) series.values[5 * 131 + k] = 7;
    struct answer expected = answer_of(steps[_i], EXECUTOR_THREADS, 1, &series);
    for (size_t kind = 0; kind < 3; kind++)
        for (size_t w = 0; w < 4; w++) {
            struct answer answer =
                answer_of(steps[_i], kinds[kind], workers[w], &series);
            assert_same_bytes(&answer, &expected);
            free(answer.r);
        }
    free(expected.r);
    aligned_series_close(&series);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ladder");
    TCase *tests = tcase_create("ladder");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_ladder_agrees_with_the_stub_on_any_size, 0,
                        STEPS);
    tcase_add_loop_test(tests, test_ladder_keeps_its_digits_far_from_zero, 0, STEPS);
    tcase_add_loop_test(tests, test_ladder_agrees_on_constant_and_related_series, 0,
                        STEPS);
    tcase_add_loop_test(tests, test_ladder_of_series_of_one_value_is_nan, 0, STEPS);
    tcase_add_loop_test(tests, test_ladder_that_ties_chooses_the_first_pair, 0,
                        STEPS);
    tcase_add_loop_test(tests,
                        test_ladder_gives_the_same_bytes_on_any_executor_and_workers,
                        0, STEPS);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
