// Whether work was done at the same time, and when that is certain.

#include "made_runs.h"

static struct parallelism found_of(void)
{
    struct line line;
    struct parallelism found;
    struct trial trial = trial_of(&line);
    trial.scale = trial.growth = 1;
    ck_assert_int_eq(trial_parallelism(&trial, 1.36, &found), 0);
    return found;
}

START_TEST(test_parallelism_of_shared_work_is_seen_in_three_runs)
{
    struct parallelism found = found_of();
    ck_assert_int_eq(found.outcome, PARALLELISM_SEEN);
    ck_assert_double_gt(found.par, 1.9);
    ck_assert_str_eq(order, "SsPnSsPnSsPn");
}
END_TEST

START_TEST(test_parallelism_of_one_thread_is_missing)
{
    made.student_part = 1.01;
    made.largest_part = made.narrow_part = 1;
    made.threads = 1;
    ck_assert_int_eq(found_of().outcome, PARALLELISM_MISSING);
}
END_TEST

START_TEST(test_parallelism_of_a_helper_that_spins_is_missing)
{
    made.student_part = 1.01;
    made.student_extra = 2;
    made.largest_part = made.narrow_part = 0.5;
    made.threads = 2;
    struct parallelism found = found_of();
    ck_assert_int_eq(found.outcome, PARALLELISM_MISSING);
    ck_assert_double_eq_tol(found.extra, 2, 1e-6);
}
END_TEST

// A formula that takes a tenth of the time, one after the other beside a thread that spins,
// whatever is asked for.
START_TEST(
    test_parallelism_of_a_fast_formula_beside_a_spinner_is_missing_whatever_one_run_meets)
{
    made.student_part = 0.1;
    made.alone_extra = made.student_extra = 0.2;
    made.alone_part = made.largest_part = made.narrow_part = 0.5;
    made.threads = 2;
    for (int swift = 0; swift <= 1; swift++) {
        made.swift = swift;
        order[0] = '\0';
        ck_assert_int_eq(found_of().outcome, PARALLELISM_MISSING);
    }
}
END_TEST

START_TEST(test_parallelism_of_work_that_two_runs_divided_is_seen)
{
    made.narrow_part = 0.65;
    made.swift = 2;
    struct parallelism found = found_of();
    ck_assert_int_eq(found.outcome, PARALLELISM_SEEN);
    ck_assert_int_eq(found.divided, 2);
}
END_TEST

// Four workers on two processors: the system leaves one of them to the first, run after run.
START_TEST(test_parallelism_of_a_worker_with_a_processor_for_itself_is_seen)
{
    made.largest_part = 0.55;
    made.narrow_part = 0.27;
    struct parallelism found = found_of();
    ck_assert_int_eq(found.outcome, PARALLELISM_SEEN);
    ck_assert_uint_eq(strlen(order), 3 * strlen("SsPn"));
}
END_TEST

START_TEST(test_parallelism_remembers_the_helper_that_one_run_saw)
{
    made.student_part = 1.01;
    made.student_extra = 2;
    made.largest_part = made.narrow_part = 0.5;
    made.threads = 2;
    made.helped = 1;
    struct parallelism found = found_of();
    ck_assert_int_eq(found.last.busy_threads, 1);
    ck_assert_int_eq(found.busy, 2);
}
END_TEST

START_TEST(
    test_parallelism_that_meets_slow_processors_is_not_missing_after_three_runs)
{
    made.student_part = 0.85;
    made.student_extra = 1.6;
    struct parallelism found = found_of();
    ck_assert_uint_ge(strlen(order), 7 * strlen("SsPn"));
    ck_assert_double_lt(found.value, 1.2);
}
END_TEST

START_TEST(test_parallelism_of_workers_that_never_had_two_processors_is_unknown)
{
    made.is_busy = true;
    ck_assert_int_eq(found_of().outcome, PARALLELISM_UNKNOWN);
}
END_TEST

// A sequential program and a shared one look alike where a neighbour leaves room only now and then.
START_TEST(test_parallelism_beside_a_fitful_neighbour_is_unknown)
{
    made.is_busy = made.is_fitful = true;
    ck_assert_int_eq(found_of().outcome, PARALLELISM_UNKNOWN);
}
END_TEST

START_TEST(test_parallelism_with_waits_unseen_is_judged_by_its_best_run)
{
    made.blind = 2;
    struct parallelism found = found_of();
    ck_assert_int_eq(found.outcome, PARALLELISM_SEEN);
    ck_assert_double_gt(found.par, 1.9);
}
END_TEST

START_TEST(test_parallelism_of_one_thread_with_waits_unseen_is_missing)
{
    made.student_part = 1.01;
    made.largest_part = made.narrow_part = 1;
    made.threads = 1;
    made.blind = 2;
    ck_assert_int_eq(found_of().outcome, PARALLELISM_MISSING);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trial_parallelism");
    TCase *tcase = tcase_create("runs");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, test_parallelism_of_shared_work_is_seen_in_three_runs);
    tcase_add_test(tcase, test_parallelism_of_one_thread_is_missing);
    tcase_add_test(tcase, test_parallelism_of_a_helper_that_spins_is_missing);
    tcase_add_test(
        tcase,
        test_parallelism_of_a_fast_formula_beside_a_spinner_is_missing_whatever_one_run_meets);
    tcase_add_test(tcase, test_parallelism_of_work_that_two_runs_divided_is_seen);
    tcase_add_test(tcase,
                   test_parallelism_of_a_worker_with_a_processor_for_itself_is_seen);
    tcase_add_test(tcase, test_parallelism_remembers_the_helper_that_one_run_saw);
    tcase_add_test(
        tcase,
        test_parallelism_that_meets_slow_processors_is_not_missing_after_three_runs);
    tcase_add_test(
        tcase, test_parallelism_of_workers_that_never_had_two_processors_is_unknown);
    tcase_add_test(tcase, test_parallelism_beside_a_fitful_neighbour_is_unknown);
    tcase_add_test(tcase,
                   test_parallelism_with_waits_unseen_is_judged_by_its_best_run);
    tcase_add_test(tcase,
                   test_parallelism_of_one_thread_with_waits_unseen_is_missing);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
