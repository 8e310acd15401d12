// What a run cost, from made-up sights of its threads: no process is looked at here.

#include "judge/run_cost.h"
#include "unit.h"

static const uint64_t MILLISECOND_NS = 1000000;
enum { PROCESS = 7, WORKER = 8 };

static struct threads_seen before, after;
static struct ended_threads ended;

static void setup(void)
{
    before = after = (struct threads_seen){.group_ns = -1, .pressure_ns = -1};
    ended.count = 0;
}

static void live(struct threads_seen *seen, int thread, uint64_t run_ms,
                 uint64_t wait_ms)
{
    seen->thread[seen->count++] = (struct thread_usage){
        PROCESS, thread, run_ms * MILLISECOND_NS, wait_ms * MILLISECOND_NS};
    seen->process_ns += run_ms * MILLISECOND_NS;
}

// A thread that ended; the clock of its process counts it where that still lives.
static void end(int process, int thread, uint64_t run_ms, uint64_t wait_ms)
{
    ended.thread[ended.count++] = (struct ended_thread){
        process, thread, run_ms * MILLISECOND_NS, wait_ms * MILLISECOND_NS};
    if (process == PROCESS) after.process_ns += run_ms * MILLISECOND_NS;
}

static struct run_cost weigh(void)
{
    struct run_cost cost = {.wall_ns = 50000000};
    cost_weigh(&cost, &before, &after, &ended, 0);
    return cost;
}

static void is_ms(int64_t ns, double ms)
{
    ck_assert_double_eq_tol((double)ns / 1e6, ms, 1e-6);
}

START_TEST(test_run_cost_is_what_was_added_between_the_two_looks)
{
    live(&before, 10, 5, 1);
    live(&after, 10, 45, 3);
    struct run_cost cost = weigh();
    is_ms(cost.cpu_ns, 40);
    is_ms(cost.wait_ns, 2);
    is_ms(cost.longest_ns, 40);
    ck_assert_int_eq(cost.threads, 1);
}
END_TEST

START_TEST(test_run_cost_counts_threads_that_ended)
{
    live(&before, 10, 1, 0);
    live(&after, 10, 1, 0);
    end(PROCESS, 11, 20, 4);
    end(PROCESS, 12, 22, 1);
    struct run_cost cost = weigh();
    is_ms(cost.cpu_ns, 42);
    is_ms(cost.wait_ns, 5);
    is_ms(cost.wait_spread_ns, 3);
    ck_assert_int_eq(cost.busy_threads, 2);
    ck_assert_int_eq(cost.busy_processes, 1);
}
END_TEST

START_TEST(test_run_cost_counts_a_thread_once_that_was_seen_and_reported)
{
    live(&after, 11, 20, 4);
    end(PROCESS, 11, 20, 4);
    after.process_ns -= 20 * MILLISECOND_NS;
    struct run_cost cost = weigh();
    is_ms(cost.cpu_ns, 20);
    is_ms(cost.wait_ns, 4);
}
END_TEST

START_TEST(test_run_cost_counts_worker_processes_that_are_gone)
{
    live(&after, 10, 2, 0);
    end(WORKER, 20, 30, 6);
    end(WORKER + 1, 21, 28, 2);
    struct run_cost cost = weigh();
    is_ms(cost.cpu_ns, 60);
    is_ms(cost.wait_ns, 8);
    ck_assert_int_eq(cost.busy_processes, 2);
}
END_TEST

START_TEST(test_run_cost_believes_a_control_group_more_than_reports)
{
    live(&after, 10, 2, 0);
    end(WORKER, 20, 90, 0);
    before.group_ns = 0;
    after.group_ns = 30 * (int64_t)MILLISECOND_NS;
    struct run_cost cost = weigh();
    is_ms(cost.cpu_ns, 30);
    ck_assert_int_eq(cost.wait_ns, -1);
}
END_TEST

START_TEST(test_run_cost_leaves_the_boxs_start_and_end_out_of_a_control_groups_time)
{
    live(&after, 10, 40, 0);
    before.group_ns = 12 * (int64_t)MILLISECOND_NS;
    after.group_ns = 52 * (int64_t)MILLISECOND_NS;
    struct run_cost cost = {.wall_ns = 50000000};
    cost_weigh(&cost, &before, &after, &ended, 75 * (int64_t)MILLISECOND_NS);
    is_ms(cost.cpu_ns, 40);
    is_ms(cost.wait_ns, 0);
}
END_TEST

START_TEST(test_run_cost_has_no_wait_where_threads_worked_unseen)
{
    live(&after, 10, 10, 3);
    before.group_ns = 0;
    after.group_ns = 60 * (int64_t)MILLISECOND_NS;
    ck_assert_int_eq(weigh().wait_ns, -1);
}
END_TEST

START_TEST(test_run_cost_has_no_wait_where_the_kernel_keeps_none)
{
    live(&after, 10, 0, 0);
    after.process_ns = 40 * MILLISECOND_NS;
    struct run_cost cost = weigh();
    is_ms(cost.cpu_ns, 40);
    ck_assert_int_eq(cost.wait_ns, -1);
}
END_TEST

START_TEST(test_run_cost_has_no_wait_where_threads_were_too_many_to_list)
{
    live(&after, 10, 40, 0);
    ended.count = ENDED_LIMIT + 1;
    ck_assert_int_eq(weigh().wait_ns, -1);
}
END_TEST

START_TEST(
    test_run_cost_counts_the_wait_of_a_helper_that_hardly_runs_four_times_at_most)
{
    live(&after, 10, 40, 0);
    live(&after, 11, 1, 39);
    is_ms(weigh().wait_ns, 4);
}
END_TEST

START_TEST(test_run_cost_believes_no_wait_beyond_what_the_machine_waited)
{
    live(&after, 10, 40, 160);
    before.pressure_ns = after.pressure_ns = 5 * (int64_t)MILLISECOND_NS;
    is_ms(weigh().wait_ns, 2);
}
END_TEST

START_TEST(test_run_cost_believes_no_report_beyond_a_day)
{
    live(&after, 10, 40, 0);
    ended.thread[0] = ended.thread[1] =
        (struct ended_thread){9, 11, UINT64_MAX, UINT64_MAX};
    ended.thread[1].thread = 12;
    ended.thread[2] = (struct ended_thread){9, 13, INT64_MAX, INT64_MAX};
    ended.count = 3;
    is_ms(weigh().longest_ns, 86400000);
    is_ms(weigh().cpu_ns, 3 * 86400000.0 + 40);
}
END_TEST

START_TEST(test_run_cost_is_never_less_than_nothing)
{
    live(&before, 10, 500, 0);
    ck_assert_int_eq(weigh().cpu_ns, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("run_cost");
    TCase *tcase = tcase_create("threads");
    tcase_set_timeout(tcase, 10);
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, test_run_cost_is_what_was_added_between_the_two_looks);
    tcase_add_test(tcase, test_run_cost_counts_threads_that_ended);
    tcase_add_test(tcase,
                   test_run_cost_counts_a_thread_once_that_was_seen_and_reported);
    tcase_add_test(tcase, test_run_cost_counts_worker_processes_that_are_gone);
    tcase_add_test(tcase, test_run_cost_believes_a_control_group_more_than_reports);
    tcase_add_test(
        tcase,
        test_run_cost_leaves_the_boxs_start_and_end_out_of_a_control_groups_time);
    tcase_add_test(tcase, test_run_cost_has_no_wait_where_threads_worked_unseen);
    tcase_add_test(tcase, test_run_cost_has_no_wait_where_the_kernel_keeps_none);
    tcase_add_test(tcase,
                   test_run_cost_has_no_wait_where_threads_were_too_many_to_list);
    tcase_add_test(
        tcase,
        test_run_cost_counts_the_wait_of_a_helper_that_hardly_runs_four_times_at_most);
    tcase_add_test(tcase,
                   test_run_cost_believes_no_wait_beyond_what_the_machine_waited);
    tcase_add_test(tcase, test_run_cost_believes_no_report_beyond_a_day);
    tcase_add_test(tcase, test_run_cost_is_never_less_than_nothing);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
