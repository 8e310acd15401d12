// How runs are made and rounds are put together, and when it is enough.

#include "made_runs.h"
#include <sched.h>

static struct line judged(void)
{
    static struct rubric rubric;
    static struct line line;
    ck_assert_int_eq(rubric_init(&rubric, false), 0);
    struct trial trial = trial_of(&line);
    trial_judge(&trial, 1.9);
    return line;
}

static bool has_two_processors(void)
{
    char why[160];
    return trial_processors(why, sizeof why) == 2;
}

// ---- sizing

START_TEST(test_trial_sizes_the_baseline_in_one_run_that_is_long_enough)
{
    struct line line;
    struct trial trial = trial_of(&line);
    made.unit_ms = 20;
    trial.baseline_ns = 100 * MILLISECOND_NS;
    ck_assert_int_eq(trial_size(&trial), 0);
    ck_assert_double_eq_tol(trial.scale, 5, 1e-6);
    ck_assert_str_eq(order, "S");
}
END_TEST

START_TEST(test_trial_sizes_the_baseline_once_more_after_a_very_short_run)
{
    struct line line;
    struct trial trial = trial_of(&line);
    made.unit_ms = 0.5;
    trial.baseline_ns = 100 * MILLISECOND_NS;
    ck_assert_int_eq(trial_size(&trial), 0);
    ck_assert_double_eq_tol(trial.scale, 200, 1e-3);
    ck_assert_str_eq(order, "SS");
}
END_TEST

START_TEST(test_trial_gives_a_much_faster_student_more_to_do)
{
    struct line line;
    struct trial trial = trial_of(&line);
    made.work = 1;
    made.student_extra = 0.1;
    ck_assert_int_eq(trial_size(&trial), 0);
    ck_assert_double_ge(trial.growth, 7.5);
    struct run_cost baseline, student;
    ck_assert_int_eq(trial_baseline(&trial, &baseline), 0);
    ck_assert_int_eq(trial_student(&trial, &student), 0);
    trial_scale(&baseline, &student);
    ck_assert_double_ge((double)student.cpu_ns, 30e6);
    ck_assert_double_eq_tol((double)baseline.cpu_ns / (double)student.cpu_ns, 10,
                            0.01);
}
END_TEST

START_TEST(test_trial_gives_the_student_as_much_as_the_exercise_asks_for)
{
    struct line line;
    struct trial trial = trial_of(&line);
    struct run_cost student;
    made.work = 1;
    trial.student_ns = 90 * MILLISECOND_NS;
    ck_assert_int_eq(trial_size(&trial), 0);
    ck_assert_int_eq(trial_student(&trial, &student), 0);
    ck_assert_int_ge(student.cpu_ns, 90 * MILLISECOND_NS);
}
END_TEST

// ---- rounds

START_TEST(test_trial_lets_baseline_and_student_change_places_every_round)
{
    if (!has_two_processors()) return;
    struct line line = judged();
    ck_assert_int_eq(line.speed.verdict, VERDICT_PASS);
    ck_assert_str_eq(order, "SSPPSSPPS");
}
END_TEST

// From the fourth round on only its credit is open, until seven have said what can be had.
START_TEST(test_trial_asks_what_two_processors_can_before_a_pass_costs_points)
{
    if (!has_two_processors()) return;
    made.student_part = 0.62;
    made.student_extra = 1.2;
    struct line line = judged();
    ck_assert_int_eq(line.speed.verdict, VERDICT_PASS);
    ck_assert_int_eq(line.speed.rounds, 11);
    ck_assert(line.speed.is_credit_final);
    ck_assert_str_eq(order, "SSPPSSPPSSPTPSTSPTPSTSPTPSTSPT");
}
END_TEST

START_TEST(test_trial_stops_as_soon_as_there_is_a_verdict)
{
    if (!has_two_processors()) return;
    made.student_part = 1.01;
    made.threads = 1;
    struct line line = judged();
    ck_assert_int_eq(line.speed.verdict, VERDICT_FAIL);
    ck_assert_int_eq(line.speed.rounds, 6);
    ck_assert_int_eq(line.status, LINE_FAILED);
    ck_assert_str_eq(line.diagnosis, "nothing in parallel");
}
END_TEST

START_TEST(test_trial_beside_another_program_leaves_the_points_open)
{
    if (!has_two_processors()) return;
    made.is_busy = true;
    struct line line = judged();
    ck_assert_int_eq(line.speed.verdict, VERDICT_UNMEASURED);
    ck_assert_int_eq(line.speed.rounds, 15);
    ck_assert_int_eq(line.status, LINE_PENDING);
}
END_TEST

START_TEST(test_trial_with_one_processor_measures_nothing_and_says_why)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(sched_getcpu(), &set);
    ck_assert_int_eq(sched_setaffinity(0, sizeof set, &set), 0);
    struct line line = judged();
    ck_assert_int_eq(line.speed.verdict, VERDICT_NOT_RUN);
    ck_assert_int_eq(line.status, LINE_PENDING);
    ck_assert_ptr_nonnull(strstr(line.message, "two processors are needed"));
    ck_assert_str_eq(order, "");
}
END_TEST

static int watched_count;
static struct round watched_first;

static void rounds_watch(const struct round rounds[], int count)
{
    watched_count = count;
    watched_first = rounds[0];
}

START_TEST(test_trial_measures_as_many_rounds_as_its_mode_says)
{
    if (!has_two_processors()) return;
    trial_mode_set(&(struct trial_mode){.watch = rounds_watch, .rounds = 12});
    judged();
    ck_assert_int_eq(watched_count, 12);
    ck_assert_int_eq(watched_first.baseline.cpu_ns, 40 * MILLISECOND_NS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trial");
    TCase *tcase = tcase_create("runs");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase,
                   test_trial_sizes_the_baseline_in_one_run_that_is_long_enough);
    tcase_add_test(tcase,
                   test_trial_sizes_the_baseline_once_more_after_a_very_short_run);
    tcase_add_test(tcase, test_trial_gives_a_much_faster_student_more_to_do);
    tcase_add_test(tcase,
                   test_trial_gives_the_student_as_much_as_the_exercise_asks_for);
    tcase_add_test(tcase,
                   test_trial_lets_baseline_and_student_change_places_every_round);
    tcase_add_test(
        tcase, test_trial_asks_what_two_processors_can_before_a_pass_costs_points);
    tcase_add_test(tcase, test_trial_stops_as_soon_as_there_is_a_verdict);
    tcase_add_test(tcase, test_trial_beside_another_program_leaves_the_points_open);
    tcase_add_test(tcase,
                   test_trial_with_one_processor_measures_nothing_and_says_why);
    tcase_add_test(tcase, test_trial_measures_as_many_rounds_as_its_mode_says);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
