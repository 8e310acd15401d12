// What only process pools do: their options, memory as of creation, tasks that crash.

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

// Under ThreadSanitizer main names none of these tests.
#pragma GCC diagnostic ignored "-Wunused-variable"

static struct executor *create(struct pool_options options)
{
    struct executor *executor = executor_create(EXECUTOR_PROCESSES, &options);
    ck_assert_ptr_nonnull(executor);
    return executor;
}

static int worker_pid(struct executor *executor)
{
    struct future *future = submit_int(executor, tell_process, 0);
    int pid = int_result(future);
    future_free(future);
    return pid;
}

START_TEST(test_crash_fails_only_its_own_task)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create((struct pool_options){.workers = 2});
    struct future *other = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    struct future *crashing = submit_int(executor, kill_itself, SIGSEGV);
    struct task_error error;
    ck_assert_int_eq(future_error(crashing, &error, LIMIT_MS), -ECHILD);
    ck_assert_int_eq(error.number, -ECHILD);
    ck_assert_int_eq(error.signal, SIGSEGV);
    ck_assert_ptr_nonnull(strstr(error.text, "signal 11"));
    struct future *after = submit_int(executor, square, 9);
    ck_assert_int_eq(int_result(after), 81); // by the replacement
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(other), 1);
    future_free(other);
    future_free(crashing);
    future_free(after);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

static int exit_early(const void *args, void *result)
{
    _exit(*(const int *)args);
}

START_TEST(test_exit_inside_a_task_is_a_death)
{
    struct executor *executor = create((struct pool_options){.workers = 1});
    for (int status = 0; status < 4; status += 3) {
        struct future *future = submit_int(executor, exit_early, status);
        struct task_error error;
        ck_assert_int_eq(future_error(future, &error, LIMIT_MS), -ECHILD);
        ck_assert_int_eq(error.number, -ECHILD);
        ck_assert_int_eq(error.signal, 0);
        future_free(future);
    }
    ck_assert_int_gt(worker_pid(executor), 0);
    executor_destroy(executor);
}
END_TEST

static int die_at_gate(const void *args, void *result)
{
    gate_pass(args);
    return kill_itself(&(int){SIGKILL}, result);
}

START_TEST(test_python_rule_breaks_the_whole_pool)
{
    struct gate gate, deadly;
    gate_init(&gate);
    gate_init(&deadly);
    struct executor *executor =
        create((struct pool_options){.workers = 2, .break_on_crash = true});
    struct future *futures[5000] = {submit_hold(executor, &gate)};
    gate_await(&gate, 1);
    futures[1] = executor_submit(executor, die_at_gate, &deadly, sizeof deadly, 0);
    gate_await(&deadly, 1);
    for (int i = 2; i < 5000; i++) futures[i] = submit_hold(executor, &gate);
    gate_release(&deadly, 1);
    for (int i = 0; i < 5000; i++) {
        struct task_error error;
        ck_assert_int_eq(future_error(futures[i], &error, LIMIT_MS), -ECHILD);
        ck_assert_int_eq(error.number, i == 1 ? -ECHILD : -ENOTRECOVERABLE);
        future_free(futures[i]);
    }
    ck_assert_ptr_null(executor_submit(executor, square, &gate, 4, 4));
    ck_assert_int_eq(errno, ENOTRECOVERABLE);
    executor_destroy(executor);
    gate_close(&gate);
    gate_close(&deadly);
}
END_TEST

START_TEST(test_time_limit_kills_the_task)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor =
        create((struct pool_options){.workers = 1, .task_timeout_ms = 20});
    struct future *slow = submit_hold(executor, &gate);
    struct task_error error;
    ck_assert_int_eq(future_error(slow, &error, LIMIT_MS), -ECHILD);
    ck_assert_int_eq(error.number, -ETIMEDOUT);
    ck_assert_int_eq(error.signal, SIGKILL);
    struct future *quick = submit_int(executor, square, 3);
    ck_assert_int_eq(int_result(quick), 9);
    future_free(slow);
    future_free(quick);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_workers_are_replaced_after_some_tasks)
{
    struct executor *executor =
        create((struct pool_options){.workers = 1, .tasks_per_worker = 3});
    int pids[9];
    for (int i = 0; i < 9; i++) pids[i] = worker_pid(executor);
    for (int i = 1; i < 9; i++) {
        if (i % 3 == 0)
            ck_assert_int_ne(pids[i], pids[i - 1]);
        else
            ck_assert_int_eq(pids[i], pids[i - 1]);
    }
    executor_destroy(executor);
}
END_TEST

static int shared_number = 1;

static int add_to_shared(const void *args, void *result)
{
    shared_number += 10;
    *(int *)result = shared_number;
    return 0;
}

START_TEST(test_memory_is_as_it_was_at_creation)
{
    shared_number = 5;
    struct executor *executor = create((struct pool_options){.workers = 1});
    shared_number = 1000; // too late
    struct future *future = submit_int(executor, add_to_shared, 0);
    ck_assert_int_eq(int_result(future), 15);
    ck_assert_int_eq(shared_number, 1000); // and what they write stays there
    future_free(future);
    kill(worker_pid(executor), SIGKILL);
    future = submit_int(executor, add_to_shared,
                        0); // maybe the victim's, maybe the next's
    int value = 0;
    if (future_result(future, &value, LIMIT_MS) != 0) {
        future_free(future);
        future = submit_int(executor, add_to_shared, 0);
        value = int_result(future);
    }
    ck_assert(value == 15 || value == 25); // a replacement has the same memory
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_a_long_task_does_not_hold_up_the_others)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create((struct pool_options){.workers = 2});
    struct future *slow = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    for (int i = 0; i < 10000; i++) { // several times round all slots
        struct future *future = submit_int(executor, square, i % 100);
        ck_assert_int_eq(future_result(future, NULL, LIMIT_MS), 0);
        future_free(future);
    }
    ck_assert(future_is_running(slow));
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(slow), 1);
    future_free(slow);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_a_backlog_far_larger_than_the_slots)
{
    enum { MANY = 100000 };
    static struct future *futures[MANY];
    struct executor *executor = create((struct pool_options){.workers = 2});
    for (int i = 0; i < MANY; i++) futures[i] = submit_int(executor, square, 3);
    ck_assert_int_eq(futures_wait(futures, MANY, FUTURES_ALL_COMPLETED, LIMIT_MS),
                     0);
    for (int i = 0; i < MANY; i++) future_free(futures[i]);
    executor_destroy(executor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("futures: processes");
    TCase *group = tcase_create("processes");
    tcase_set_timeout(group, 120);
#ifndef __SANITIZE_THREAD__ // which does not follow forks
    tcase_add_test(group, test_crash_fails_only_its_own_task);
    tcase_add_test(group, test_exit_inside_a_task_is_a_death);
    tcase_add_test(group, test_python_rule_breaks_the_whole_pool);
    tcase_add_test(group, test_time_limit_kills_the_task);
    tcase_add_test(group, test_workers_are_replaced_after_some_tasks);
    tcase_add_test(group, test_memory_is_as_it_was_at_creation);
    tcase_add_test(group, test_a_long_task_does_not_hold_up_the_others);
    tcase_add_test(group, test_a_backlog_far_larger_than_the_slots);
#endif
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
