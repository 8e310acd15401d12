// How many tasks were under way at the same time.

#include "judge/in_flight.h"
#include "unit.h"

static double mean(const struct task_span spans[], size_t count)
{
    return in_flight_mean(spans, count, 0, 100, 2);
}

START_TEST(test_in_flight_of_one_task_all_the_time_is_one)
{
    struct task_span spans[] = {{0, 100}};
    ck_assert_double_eq_tol(mean(spans, 1), 1, 1e-12);
}
END_TEST

START_TEST(test_in_flight_of_tasks_one_after_the_other_is_one)
{
    struct task_span spans[] = {{50, 100}, {0, 25}, {25, 50}};
    ck_assert_double_eq_tol(mean(spans, 3), 1, 1e-12);
}
END_TEST

START_TEST(test_in_flight_counts_what_overlaps)
{
    struct task_span spans[] = {{0, 100}, {0, 50}};
    ck_assert_double_eq_tol(mean(spans, 2), 1.5, 1e-12);
}
END_TEST

START_TEST(test_in_flight_counts_no_more_than_the_cap)
{
    struct task_span spans[] = {{0, 100}, {0, 100}, {0, 100}, {0, 100}};
    ck_assert_double_eq_tol(mean(spans, 4), 2, 1e-12);
}
END_TEST

START_TEST(test_in_flight_leaves_out_what_lies_outside)
{
    struct task_span spans[] = {{-500, 50}, {90, 700}, {200, 300}};
    ck_assert_double_eq_tol(mean(spans, 3), 0.6, 1e-12);
}
END_TEST

START_TEST(test_in_flight_of_nothing_is_nothing)
{
    struct task_span spans[] = {{0, 100}};
    ck_assert_double_eq(mean(spans, 0), 0);
    ck_assert_double_eq(in_flight_mean(spans, 1, 100, 100, 2), 0);
}
END_TEST

START_TEST(test_in_flight_of_a_task_that_ends_before_it_starts_is_nothing)
{
    struct task_span spans[] = {{60, 40}};
    ck_assert_double_eq(mean(spans, 1), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("in_flight");
    TCase *tcase = tcase_create("spans");
    tcase_set_timeout(tcase, 10);
    tcase_add_test(tcase, test_in_flight_of_one_task_all_the_time_is_one);
    tcase_add_test(tcase, test_in_flight_of_tasks_one_after_the_other_is_one);
    tcase_add_test(tcase, test_in_flight_counts_what_overlaps);
    tcase_add_test(tcase, test_in_flight_counts_no_more_than_the_cap);
    tcase_add_test(tcase, test_in_flight_leaves_out_what_lies_outside);
    tcase_add_test(tcase, test_in_flight_of_nothing_is_nothing);
    tcase_add_test(tcase,
                   test_in_flight_of_a_task_that_ends_before_it_starts_is_nothing);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
