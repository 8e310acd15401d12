// A future's states: pending, running, done, cancelled; who waits, and for how long; for each
// kind of executor.

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

START_TEST(test_states_of_a_task)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *running = submit_hold(executor, &gate);
    struct future *pending = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    ck_assert(future_is_running(running) && !future_is_done(running));
    ck_assert(!future_is_running(pending) && !future_is_done(pending));
    gate_release(&gate, 2);
    ck_assert_int_eq(int_result(pending), 1);
    ck_assert(future_is_done(running) && !future_is_running(running));
    ck_assert(!future_is_cancelled(running));
    future_free(running);
    future_free(pending);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_timeout_of_zero_polls)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_hold(executor, &gate);
    ck_assert_int_eq(future_result(future, NULL, 0), -ETIMEDOUT);
    ck_assert_int_eq(future_error(future, NULL, 0), -ETIMEDOUT);
    ck_assert_int_eq(future_result(future, NULL, 5), -ETIMEDOUT);
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(future), 1);
    ck_assert_int_eq(future_result(future, NULL, 0), 0);
    future_free(future);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_cancel_only_while_pending)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *running = submit_hold(executor, &gate);
    struct future *pending = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    ck_assert(!future_cancel(running));
    ck_assert(future_cancel(pending));
    ck_assert(future_cancel(pending)); // again: still true
    ck_assert(future_is_cancelled(pending) && future_is_done(pending));
    ck_assert_int_eq(future_result(pending, NULL, -1), -ECANCELED);
    ck_assert_int_eq(future_error(pending, NULL, -1), -ECANCELED);
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(running), 1);
    ck_assert(!future_cancel(running)); // done: too late as well
    future_free(running);
    future_free(pending);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

static void *wait_for_result(void *future)
{
    return (void *)(long)int_result(future);
}

START_TEST(test_many_threads_wait_for_one_result)
{
    enum { WAITERS = 8 };
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_hold(executor, &gate);
    pthread_t threads[WAITERS];
    for (int i = 0; i < WAITERS; i++)
        pthread_create(&threads[i], NULL, wait_for_result, future);
    gate_await(&gate, 1);
    gate_release(&gate, 1);
    for (int i = 0; i < WAITERS; i++) {
        void *value;
        pthread_join(threads[i], &value);
        ck_assert_int_eq((int)(long)value, 1);
    }
    future_free(future);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

static void *wait_for_cancel(void *future)
{
    return (void *)(long)future_result(future, NULL, LIMIT_MS);
}

START_TEST(test_cancel_wakes_who_waits)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *first = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    for (int i = 0; i < 200; i++) { // the waiter is anywhere on its way to sleep
        struct future *pending = submit_hold(executor, &gate);
        pthread_t thread;
        void *status;
        pthread_create(&thread, NULL, wait_for_cancel, pending);
        for (int spin = 0; spin < i * 50; spin++) future_is_done(pending);
        ck_assert(future_cancel(pending));
        pthread_join(thread, &status);
        ck_assert_int_eq((int)(long)status, -ECANCELED);
        future_free(pending);
    }
    gate_release(&gate, 1);
    future_free(first);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_states_of_a_task,          test_timeout_of_zero_polls,
        test_cancel_only_while_pending, test_many_threads_wait_for_one_result,
        test_cancel_wakes_who_waits,
    };
    Suite *suite = suite_create("futures: states");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
