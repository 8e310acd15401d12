// Executors from beginning to end: options, shutdown, forks; for each kind.

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>
#include "futures/trace.h"
#include "futures_tasks.h"
#include "unit/unit.h"

START_TEST(test_tasks_start_in_the_order_of_submit)
{
    enum { BURSTS = 20, BURST = 600, COUNT = BURSTS * BURST };
    static struct trace_event events[COUNT];
    struct trace *trace = trace_create(COUNT);
    struct pool_options options = {.workers = 1, .trace = trace};
    struct executor *executor = executor_create((enum executor_kind)_i, &options);
    struct future *last = NULL;
    for (int i = 0; i < COUNT; i++) { // the queue grows, and is empty in between
        future_free(last);
        last = submit_int(executor, square, 1);
        if (i % BURST == 0 && i / BURST % 4 == 3) int_result(last);
    }
    future_free(last);
    executor_destroy(executor);
    ck_assert_uint_eq(trace_read(trace, events, COUNT), COUNT);
    for (int i = 1; i < COUNT; i++)
        ck_assert_int_le(events[i - 1].end_ns, events[i].start_ns);
    trace_destroy(trace);
}
END_TEST

START_TEST(test_submit_after_shutdown_is_refused)
{
    struct executor *executor = create_pool(_i, 1);
    int x = 1;
    ck_assert_int_eq(executor_shutdown(executor, false, false), 0);
    errno = 0;
    ck_assert_ptr_null(executor_submit(executor, square, &x, sizeof x, sizeof x));
    ck_assert_int_eq(errno, ESHUTDOWN);
    ck_assert_int_eq(executor_shutdown(executor, true, false), 0);
    ck_assert_int_eq(executor_shutdown(executor, true, true), 0);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_shutdown_without_waiting_lets_tasks_end)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *running = submit_hold(executor, &gate);
    struct future *pending = submit_int(executor, square, 3);
    gate_await(&gate, 1);
    ck_assert_int_eq(executor_shutdown(executor, false, false), 0);
    ck_assert(!future_is_done(running));
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(pending), 9);
    future_free(running);
    future_free(pending);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_tasks_pending_at_shutdown_run_on_all_workers)
{
    struct gate gate;
    struct future *futures[8];
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 8);
    for (int i = 0; i < 8; i++) futures[i] = submit_hold(executor, &gate);
    ck_assert_int_eq(executor_shutdown(executor, false, false), 0);
    gate_await(&gate, 8);
    gate_release(&gate, 8);
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(int_result(futures[i]), 1);
        future_free(futures[i]);
    }
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_shutdown_cancels_what_is_pending)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *running = submit_hold(executor, &gate), *pending[50];
    gate_await(&gate, 1);
    for (int i = 0; i < 50; i++) pending[i] = submit_int(executor, square, i);
    ck_assert_int_eq(executor_shutdown(executor, false, true), 0);
    for (int i = 0; i < 50; i++) {
        ck_assert_int_eq(future_result(pending[i], NULL, 0), -ECANCELED);
        future_free(pending[i]);
    }
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(running), 1);
    future_free(running);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_shutdown_waits_for_all_tasks)
{
    struct executor *executor = create_pool(_i, 2);
    struct future *futures[500];
    for (int i = 0; i < 500; i++) futures[i] = submit_int(executor, add_up, 20);
    ck_assert_int_eq(executor_shutdown(executor, true, false), 0);
    for (int i = 0; i < 500; i++) {
        ck_assert_int_eq(future_result(futures[i], NULL, 0), 0);
        future_free(futures[i]);
    }
    executor_destroy(executor);
}
END_TEST

START_TEST(test_wrong_options_are_refused)
{
    struct pool_options wrong[] = {{.workers = -1},
                                   {.workers = 100000},
                                   {.task_timeout_ms = -1},
                                   {.tasks_per_worker = -1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_ptr_null(executor_create((enum executor_kind)_i, &wrong[i]));
        ck_assert_int_eq(errno, EINVAL);
    }
    ck_assert_ptr_null(executor_create((enum executor_kind)77, NULL));
    ck_assert_int_eq(errno, EINVAL);
    executor_destroy(NULL);
    future_free(NULL);
}
END_TEST

START_TEST(test_forked_child_cannot_use_the_pool)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *running = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    pid_t child = fork();
    if (child == 0) {
        int x = 1, wrong = 0;
        wrong += executor_submit(executor, square, &x, sizeof x, sizeof x) ||
                 errno != EDEADLK;
        wrong += future_result(running, NULL, -1) != -EDEADLK;
        wrong += executor_shutdown(executor, true, false) != -EDEADLK;
        executor_destroy(executor);
        _exit(wrong);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    gate_release(&gate, 1);
    ck_assert_int_eq(int_result(running), 1); // the parent's own goes on
    future_free(running);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_forked_child_has_a_pool_of_its_own)
{
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_int(executor, square, 4);
    ck_assert_int_eq(int_result(future), 16);
    pid_t child = fork();
    if (child == 0) {
        struct pool_options options = {.workers = 1};
        struct executor *own = executor_create((enum executor_kind)_i, &options);
        int x = 5, y = 0;
        struct future *inner = executor_submit(own, square, &x, sizeof x, sizeof y);
        int status = future_result(inner, &y, LIMIT_MS);
        executor_destroy(own);
        _exit(status != 0 || y != 25);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
    future_free(future);
    executor_destroy(executor);
}
END_TEST

// After a fork among threads, ThreadSanitizer bears no new threads, and AddressSanitizer waits for
// ever where one of them was just given memory: gcc 12 does not hold its lock while it forks.
static bool sanitizer_cannot(const TTest *test)
{
#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
    return test == test_forked_child_has_a_pool_of_its_own;
#else
    return false;
#endif
}

int main(void)
{
    const TTest *const tests[] = {
        test_tasks_start_in_the_order_of_submit,
        test_submit_after_shutdown_is_refused,
        test_shutdown_without_waiting_lets_tasks_end,
        test_tasks_pending_at_shutdown_run_on_all_workers,
        test_shutdown_cancels_what_is_pending,
        test_shutdown_waits_for_all_tasks,
        test_wrong_options_are_refused,
        test_forked_child_cannot_use_the_pool,
        test_forked_child_has_a_pool_of_its_own,
    };
    Suite *suite = suite_create("futures: executors");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (!sanitizer_cannot(tests[i])) add_for_each_kind(group, &tests[i], 1);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
