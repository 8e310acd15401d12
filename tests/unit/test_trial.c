// How runs are made and rounds are put together, and when it is enough: the runs are made up,
// so that no clock and no process plays a part.

#include "judge/trial.h"
#include "judge/runner_mode.h"
#include "unit.h"
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

enum { ORDER_LIMIT = 256 };

static const int64_t MILLISECOND_NS = 1000000;

// What the made-up machine and the made-up student are like.
static struct {
    double student_part;  // wall(P) / wall(S)
    double student_extra; // cpu(P) / cpu(S)
    double largest_part;  // of the busiest thread of P in cpu(P)
    int threads;          // of P
    double unit_ms;       // cpu(S) at scale 1
    double work;          // at scale 1; 0: the exercise does not say
    bool is_busy;         // another program keeps one of two processors,
    bool is_fitful;       // except while every other spin kernel runs
    int blind;            // of so many runs of P at first nobody sees the waits
    int helped; // in so many runs of P at first all threads are busy, then one is
} made;

static char
    order[ORDER_LIMIT + 1]; // of runs: S, P, s where P has one worker, T: S twice
static double scales[ORDER_LIMIT];

static void setup(void)
{
    made.student_part = 0.52;
    made.student_extra = 1;
    made.largest_part = 0.3;
    made.threads = 4;
    made.unit_ms = 40;
    made.work = 0;
    made.is_busy = made.is_fitful = false;
    made.blind = 0;
    made.helped = 1000;
    order[0] = '\0';
}

static struct run_cost cost_of(double wall_ms, double cpu_ms, double wait_ms)
{
    return (struct run_cost){.wall_ns = (int64_t)(wall_ms * (double)MILLISECOND_NS),
                             .cpu_ns = (int64_t)(cpu_ms * (double)MILLISECOND_NS),
                             .wait_ns = (int64_t)(wait_ms * (double)MILLISECOND_NS),
                             .in_flight = -1};
}

int trial_spin(const struct trial *trial, int threads, struct run_cost *cost)
{
    static int count;
    bool is_alone = !made.is_busy || (made.is_fitful && count++ % 2);
    *cost = is_alone ? cost_of(10.1, 10 * threads, 0) : cost_of(20, 20, 19);
    return 0;
}

int trial_spin_both(const struct trial *trial, struct run_cost *one,
                    struct run_cost *all)
{
    *one = cost_of(10, 10, 0);
    return trial_spin(trial, 2, all);
}

// A neighbour that came and went: half the speed, and no word of the wait.
static struct run_cost blind_of(struct run_cost cost)
{
    cost.wall_ns *= 2;
    cost.wait_ns = -1;
    return cost;
}

static int run_make(const struct trial *trial, const char *program,
                    struct run_cost *cost)
{
    bool is_baseline = strcmp(program, "baseline") == 0;
    bool is_alone = is_baseline || trial->workers == 1;
    size_t count = strlen(order);
    if (count < ORDER_LIMIT) {
        order[count] = runner_is_twice() ? 'T'
                       : is_baseline     ? 'S'
                       : is_alone        ? 's'
                                         : 'P';
        order[count + 1] = '\0';
        scales[count] = trial->scale;
    }
    double cpu_ms = made.unit_ms * trial->scale;
    if (runner_is_twice()) {
        *cost = cost_of(cpu_ms * 1.02, 2 * cpu_ms, 0);
    } else if (is_alone) {
        *cost = cost_of(cpu_ms * 1.01, cpu_ms, 0);
        cost->longest_ns = cost->cpu_ns;
        cost->threads = cost->busy_threads = cost->busy_processes = 1;
    } else {
        double wall_ms = cpu_ms * made.student_part;
        cpu_ms *= made.student_extra;
        double wait_ms = made.is_busy ? wall_ms : 0;
        *cost = cost_of(made.is_busy ? 2 * wall_ms : wall_ms, cpu_ms, wait_ms);
        cost->longest_ns = (int64_t)(made.largest_part * (double)cost->cpu_ns);
        cost->threads = made.threads;
        cost->busy_threads = made.helped-- > 0 ? made.threads : 1;
        cost->busy_processes = 1;
        if (made.blind-- > 0) *cost = blind_of(*cost);
    }
    cost->work = made.work * trial->scale;
    return 0;
}

static struct trial trial_of(struct line *line)
{
    static struct exercise exercise;
    snprintf(exercise.baseline, sizeof exercise.baseline, "baseline");
    snprintf(exercise.runner, sizeof exercise.runner, "runner");
    *line = (struct line){.exercise = &exercise, .kind = LINE_SPEED};
    return (struct trial){.line = line, .run = run_make, .workers = 4};
}

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

// ---- concurrency

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
    ck_assert_str_eq(order, "SsPSsPSsP");
}
END_TEST

START_TEST(test_parallelism_of_one_thread_is_missing)
{
    made.student_part = 1.01;
    made.largest_part = 1;
    made.threads = 1;
    ck_assert_int_eq(found_of().outcome, PARALLELISM_MISSING);
}
END_TEST

START_TEST(test_parallelism_of_a_helper_that_spins_is_missing)
{
    made.student_part = 1.01;
    made.student_extra = 2;
    made.largest_part = 0.5;
    made.threads = 2;
    struct parallelism found = found_of();
    ck_assert_int_eq(found.outcome, PARALLELISM_MISSING);
    ck_assert_double_eq_tol(found.extra, 2, 1e-6);
}
END_TEST

START_TEST(test_parallelism_remembers_the_helper_that_one_run_saw)
{
    made.student_part = 1.01;
    made.student_extra = 2;
    made.largest_part = 0.5;
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
    ck_assert_uint_ge(strlen(order), 7 * strlen("SsP"));
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
    made.largest_part = 1;
    made.threads = 1;
    made.blind = 2;
    ck_assert_int_eq(found_of().outcome, PARALLELISM_MISSING);
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
    tcase_add_test(tcase, test_parallelism_of_shared_work_is_seen_in_three_runs);
    tcase_add_test(tcase, test_parallelism_of_one_thread_is_missing);
    tcase_add_test(tcase, test_parallelism_of_a_helper_that_spins_is_missing);
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
