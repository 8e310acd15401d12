// The speed verdict on made-up rounds: what it says must depend on nothing but them.

#include "judge/verdict.h"
#include "unit.h"
#include <math.h>
#include <string.h>

static const double EXPECTED = 1.9;
static const int64_t MILLISECOND_NS = 1000000;

static struct run_cost cost_of(double wall_ms, double cpu_ms, double wait_ms)
{
    return (struct run_cost){.wall_ns = (int64_t)(wall_ms * (double)MILLISECOND_NS),
                             .cpu_ns = (int64_t)(cpu_ms * (double)MILLISECOND_NS),
                             .wait_ns = (int64_t)(wait_ms * (double)MILLISECOND_NS),
                             .in_flight = -1};
}

// A machine with nothing else to do: S takes 40 ms, P as given.
static struct round quiet_round(double wall_ms, double cpu_ms)
{
    return (struct round){.spin_one = cost_of(10, 10, 0),
                          .spin_all = cost_of(10.2, 20, 0),
                          .baseline = cost_of(40.5, 40, 0),
                          .student = cost_of(wall_ms, cpu_ms, 0)};
}

// Another program keeps one of the two processors: everything parallel waits.
static struct round busy_round(double wall_ms, double cpu_ms, double wait_ms)
{
    return (struct round){.spin_one = cost_of(11, 10, 1),
                          .spin_all = cost_of(20, 20, 16),
                          .baseline = cost_of(45, 40, 5),
                          .student = cost_of(wall_ms, cpu_ms, wait_ms)};
}

static struct speed weigh(const struct round *round, int count, bool is_last)
{
    struct round rounds[ROUND_LIMIT];
    for (int i = 0; i < count; i++) rounds[i] = *round;
    return speed_weigh(rounds, count, EXPECTED, 2, is_last);
}

START_TEST(test_verdict_passes_two_busy_workers_after_four_rounds)
{
    struct round round = quiet_round(21, 40);
    ck_assert_int_eq(weigh(&round, 3, false).verdict, VERDICT_NOT_RUN);
    struct speed speed = weigh(&round, 4, false);
    ck_assert_int_eq(speed.verdict, VERDICT_PASS);
    ck_assert_int_eq(speed.proofs, 4);
    ck_assert_double_eq_tol(speed.credit, 1, 1e-9);
}
END_TEST

START_TEST(test_verdict_measures_on_while_a_pass_is_not_worth_the_full_points)
{
    struct round round = quiet_round(24, 44);
    round.twice = cost_of(41, 80, 0);
    ck_assert_int_eq(weigh(&round, 6, false).verdict, VERDICT_NOT_RUN);
    struct speed speed = weigh(&round, 7, false);
    ck_assert_int_eq(speed.verdict, VERDICT_PASS);
    ck_assert(speed.is_credit_final);
    ck_assert_double_eq_tol(speed.credit, 0.8, 1e-9);
}
END_TEST

START_TEST(test_verdict_takes_no_points_before_it_has_seen_what_two_processors_can)
{
    struct round round = quiet_round(24, 44);
    struct speed speed = weigh(&round, 19, false);
    ck_assert_int_eq(speed.verdict, VERDICT_NOT_RUN);
    ck_assert(speed_wants_twice(&speed));
    speed = weigh(&round, 20, false);
    ck_assert_int_eq(speed.verdict, VERDICT_PASS);
    ck_assert(!speed.is_credit_final);
}
END_TEST

// Each takes 1.2 times as long while the other is busy: P as well as S twice at once.
START_TEST(test_verdict_takes_no_points_where_busy_processors_slow_each_other_down)
{
    struct round round = quiet_round(26.5, 48);
    round.twice = cost_of(49.5, 96, 0);
    struct speed speed = weigh(&round, 20, false);
    ck_assert_int_eq(speed.verdict, VERDICT_PASS);
    ck_assert_double_eq_tol(speed.attainable, 1.616, 1e-3);
    ck_assert(!speed.is_credit_final);
}
END_TEST

// Most rounds say four fifths; in a third of them, P is worth the whole.
START_TEST(test_verdict_takes_no_points_where_the_better_rounds_earn_more)
{
    struct round rounds[21];
    for (int i = 0; i < 21; i++) {
        rounds[i] = i % 3 ? quiet_round(24, 44) : quiet_round(21.5, 42);
        rounds[i].twice = cost_of(41, 80, 0);
    }
    struct speed speed = speed_weigh(rounds, 21, EXPECTED, 2, false);
    ck_assert_int_eq(speed.verdict, VERDICT_PASS);
    ck_assert_double_eq_tol(speed.credit, 0.8, 1e-9);
    ck_assert(!speed.is_credit_final);
}
END_TEST

START_TEST(test_verdict_fails_sequential_code_on_a_quiet_machine)
{
    struct round round = quiet_round(40.5, 40);
    ck_assert_int_eq(weigh(&round, 5, false).verdict, VERDICT_NOT_RUN);
    ck_assert_int_eq(weigh(&round, 6, false).verdict, VERDICT_FAIL);
}
END_TEST

START_TEST(test_verdict_fails_sequential_code_on_a_busy_machine)
{
    struct round round = busy_round(46, 40, 6);
    struct speed speed = weigh(&round, 6, false);
    ck_assert_int_eq(speed.verdict, VERDICT_FAIL);
    ck_assert_int_eq(speed.quiet_rounds, 0);
}
END_TEST

START_TEST(test_verdict_never_fails_parallel_code_that_had_to_wait)
{
    struct round round = busy_round(42, 40, 40);
    for (int count = 1; count < 15; count++)
        ck_assert_int_eq(weigh(&round, count, false).verdict, VERDICT_NOT_RUN);
    ck_assert_int_eq(weigh(&round, 15, false).verdict, VERDICT_UNMEASURED);
}
END_TEST

START_TEST(test_verdict_calls_traced_parallel_code_unproven)
{
    struct round round = busy_round(42, 40, 40);
    round.student.in_flight = 1.95;
    ck_assert_int_eq(weigh(&round, 15, false).verdict, VERDICT_UNPROVEN);
}
END_TEST

START_TEST(test_verdict_pays_nothing_for_a_faster_sequential_algorithm)
{
    struct round round = quiet_round(10, 10);
    struct speed speed = weigh(&round, ROUND_LIMIT, true);
    ck_assert_int_ne(speed.verdict, VERDICT_PASS);
}
END_TEST

START_TEST(test_verdict_fails_work_that_grows_with_the_workers_after_twelve_rounds)
{
    struct round round = quiet_round(40, 78);
    ck_assert_int_eq(weigh(&round, 11, false).verdict, VERDICT_NOT_RUN);
    ck_assert_int_eq(weigh(&round, 12, false).verdict, VERDICT_FAIL);
}
END_TEST

// Two workers that slow each other down by 1.4 times, as busy processors of one machine may do.
START_TEST(test_verdict_does_not_fail_for_processor_time_what_still_gains)
{
    struct round round = quiet_round(32, 56);
    for (int count = 1; count <= ROUND_LIMIT; count++)
        ck_assert_int_ne(weigh(&round, count, false).verdict, VERDICT_FAIL);
    ck_assert_int_eq(weigh(&round, ROUND_LIMIT, true).verdict, VERDICT_UNMEASURED);
}
END_TEST

START_TEST(test_verdict_fails_a_fast_sequential_algorithm_on_a_quiet_machine)
{
    struct round round = quiet_round(10, 10);
    ck_assert_int_eq(weigh(&round, 6, false).verdict, VERDICT_NOT_RUN);
    struct speed speed = weigh(&round, 7, false);
    ck_assert_int_eq(speed.verdict, VERDICT_FAIL);
    ck_assert_int_eq(speed.proofs, 7);
}
END_TEST

// Two workers on processors that are slow just now, beside a sequential run that found a fast
// one once: the least processor times would say that work was added.
START_TEST(test_verdict_does_not_fail_on_processors_of_unlike_speed)
{
    struct round rounds[12];
    for (int i = 0; i < 12; i++) {
        rounds[i] = quiet_round(41, 72);
        rounds[i].baseline = cost_of(65, 64, 0);
    }
    rounds[3].baseline = cost_of(41, 40, 0);
    for (int count = 1; count <= 12; count++)
        ck_assert_int_ne(speed_weigh(rounds, count, EXPECTED, 2, false).verdict,
                         VERDICT_FAIL);
}
END_TEST

// Rounds of the reference for 7.2 on processes, on a virtual machine that was idle: microseconds
// of wall time, processor time and wait.
static const struct {
    double one_us, all[3], baseline[3], student[3], in_flight;
} recorded[] = {
    {7207, {8880, 14276, 1641}, {46704, 47824, 468}, {36268, 88735, -1000}, 1.731},
    {7774, {7855, 15167, 182}, {45356, 64170, -1000}, {48680, 86617, 4428}, 1.696},
    {7975, {7868, 14929, 197}, {71103, 72270, 343}, {48282, 89352, 5628}, 1.741},
    {7959, {8845, 15186, 1990}, {44850, 65866, -1000}, {48179, 88751, 5160}, 1.734},
    {7823, {9165, 15269, 1555}, {66144, 67750, 0}, {47527, 86523, 5009}, 1.755},
    {7795, {7958, 14891, 385}, {78688, 99014, -1000}, {49219, 88112, 5310}, 1.665},
    {7657, {7795, 14792, 398}, {67726, 67171, 391}, {38682, 68991, 3872}, 1.689},
};
enum { RECORDED = sizeof recorded / sizeof *recorded };

static struct run_cost recorded_cost(const double us[3])
{
    return cost_of(us[0] / 1e3, us[1] / 1e3, us[2] / 1e3);
}

START_TEST(test_verdict_of_recorded_rounds_of_honest_code_is_no_fail)
{
    struct round rounds[RECORDED];
    for (int i = 0; i < RECORDED; i++) {
        rounds[i] =
            (struct round){.spin_one = cost_of(recorded[i].one_us / 1e3, 7, 0),
                           .spin_all = recorded_cost(recorded[i].all),
                           .baseline = recorded_cost(recorded[i].baseline),
                           .student = recorded_cost(recorded[i].student)};
        rounds[i].student.in_flight = recorded[i].in_flight;
        ck_assert_int_ne(speed_weigh(rounds, i + 1, 1.73, 2, false).verdict,
                         VERDICT_FAIL);
    }
}
END_TEST

// A quota that nobody told of: two spinning threads neither run nor wait all the time.
START_TEST(test_verdict_of_rounds_where_spinning_threads_stood_still_is_no_fail)
{
    struct round round = busy_round(60, 40, 0);
    round.spin_all = cost_of(20, 20, 1);
    ck_assert_int_eq(weigh(&round, ROUND_LIMIT, true).verdict, VERDICT_UNMEASURED);
}
END_TEST

START_TEST(test_verdict_without_one_says_whether_others_were_using_the_processors)
{
    struct round busy = busy_round(42, 40, 40), fast = quiet_round(10, 10);
    ck_assert_ptr_nonnull(strstr(weigh(&busy, 15, false).reason, "other programs"));
    ck_assert_ptr_nonnull(strstr(weigh(&fast, 5, true).reason, "1.0 of 2 workers"));
}
END_TEST

START_TEST(test_verdict_does_not_count_unfair_rounds_against_a_student)
{
    struct round round = busy_round(60, 40, 22);
    round.student.wait_spread_ns = 20 * MILLISECOND_NS;
    struct speed speed = weigh(&round, 14, false);
    ck_assert_int_eq(speed.fair_rounds, 0);
    ck_assert_int_eq(speed.verdict, VERDICT_NOT_RUN);
}
END_TEST

START_TEST(test_verdict_fails_on_quiet_rounds_alone_when_waits_are_unknown)
{
    struct round round = quiet_round(40.5, 40);
    round.student.wait_ns = -1;
    ck_assert_int_eq(weigh(&round, 6, false).verdict, VERDICT_NOT_RUN);
    ck_assert_int_eq(weigh(&round, 7, false).verdict, VERDICT_FAIL);
}
END_TEST

START_TEST(test_verdict_credit_is_rounded_up_to_fifths_and_at_least_three)
{
    struct speed speed = speed_start(EXPECTED, 2);
    speed.estimate = 1.4;
    ck_assert_double_eq_tol(speed_credit(&speed), 0.6, 1e-9);
    speed.estimate = 1.6;
    ck_assert_double_eq_tol(speed_credit(&speed), 0.8, 1e-9);
    speed.estimate = 2.3;
    ck_assert_double_eq_tol(speed_credit(&speed), 1, 1e-9);
}
END_TEST

START_TEST(test_verdict_without_quiet_rounds_has_no_vq)
{
    struct round round = busy_round(42, 40, 40);
    ck_assert(isnan(weigh(&round, 5, false).vq));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("verdict");
    TCase *tcase = tcase_create("rounds");
    tcase_set_timeout(tcase, 10);
    tcase_add_test(tcase, test_verdict_passes_two_busy_workers_after_four_rounds);
    tcase_add_test(
        tcase, test_verdict_measures_on_while_a_pass_is_not_worth_the_full_points);
    tcase_add_test(
        tcase,
        test_verdict_takes_no_points_before_it_has_seen_what_two_processors_can);
    tcase_add_test(
        tcase,
        test_verdict_takes_no_points_where_busy_processors_slow_each_other_down);
    tcase_add_test(tcase,
                   test_verdict_takes_no_points_where_the_better_rounds_earn_more);
    tcase_add_test(tcase, test_verdict_fails_sequential_code_on_a_quiet_machine);
    tcase_add_test(tcase, test_verdict_fails_sequential_code_on_a_busy_machine);
    tcase_add_test(tcase,
                   test_verdict_does_not_fail_for_processor_time_what_still_gains);
    tcase_add_test(tcase, test_verdict_never_fails_parallel_code_that_had_to_wait);
    tcase_add_test(tcase, test_verdict_calls_traced_parallel_code_unproven);
    tcase_add_test(tcase,
                   test_verdict_pays_nothing_for_a_faster_sequential_algorithm);
    tcase_add_test(
        tcase,
        test_verdict_fails_work_that_grows_with_the_workers_after_twelve_rounds);
    tcase_add_test(
        tcase, test_verdict_fails_a_fast_sequential_algorithm_on_a_quiet_machine);
    tcase_add_test(tcase, test_verdict_does_not_fail_on_processors_of_unlike_speed);
    tcase_add_test(tcase, test_verdict_of_recorded_rounds_of_honest_code_is_no_fail);
    tcase_add_test(
        tcase, test_verdict_of_rounds_where_spinning_threads_stood_still_is_no_fail);
    tcase_add_test(
        tcase,
        test_verdict_without_one_says_whether_others_were_using_the_processors);
    tcase_add_test(tcase,
                   test_verdict_does_not_count_unfair_rounds_against_a_student);
    tcase_add_test(tcase,
                   test_verdict_fails_on_quiet_rounds_alone_when_waits_are_unknown);
    tcase_add_test(tcase,
                   test_verdict_credit_is_rounded_up_to_fifths_and_at_least_three);
    tcase_add_test(tcase, test_verdict_without_quiet_rounds_has_no_vq);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
