// Executors from beginning to end: options, shutdown, workers, traces; for each kind.

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "futures/trace.h"
#include "futures_tasks.h"
#include "unit/unit.h"

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

static int give_name(const void *args, void *result)
{
    return prctl(PR_GET_NAME, result);
}

START_TEST(test_workers_have_names)
{
    struct pool_options options = {.workers = 1, .name = "parser"};
    struct executor *executor = executor_create((enum executor_kind)_i, &options);
    struct future *future = executor_submit(executor, give_name, NULL, 0, 16);
    char name[16];
    ck_assert_int_eq(future_result(future, name, LIMIT_MS), 0);
    ck_assert_str_eq(name, "parser-0");
    future_free(future);
    executor_destroy(executor);
}
END_TEST

static int initialised;

static int initialise(void *data)
{
    initialised = *(int *)data;
    return 0;
}

static int tell_initialised(const void *args, void *result)
{
    *(int *)result = initialised;
    return 0;
}

START_TEST(test_initializer_runs_first)
{
    int value = 17;
    struct pool_options options = {
        .workers = 2, .initializer = initialise, .initializer_data = &value};
    struct executor *executor = executor_create((enum executor_kind)_i, &options);
    struct future *future = submit_int(executor, tell_initialised, 0);
    ck_assert_int_eq(int_result(future), 17);
    future_free(future);
    executor_destroy(executor);
}
END_TEST

static int fail_at_gate(void *gate)
{
    gate_pass(gate);
    return -EIO;
}

START_TEST(test_failing_initializer_breaks_the_pool)
{
    struct gate gate;
    gate_init(&gate);
    struct pool_options options = {
        .workers = 1, .initializer = fail_at_gate, .initializer_data = &gate};
    struct executor *executor = executor_create((enum executor_kind)_i, &options);
    struct future *futures[3];
    for (int i = 0; i < 3; i++) futures[i] = submit_int(executor, square, i);
    gate_release(&gate, 1);
    for (int i = 0; i < 3; i++) {
        struct task_error error;
        ck_assert_int_eq(future_error(futures[i], &error, LIMIT_MS), -ECHILD);
        ck_assert_int_eq(error.number, -ENOTRECOVERABLE);
        future_free(futures[i]);
    }
    ck_assert_ptr_null(executor_submit(executor, square, &options, 4, 4));
    ck_assert_int_eq(errno, ENOTRECOVERABLE);
    executor_destroy(executor);
    gate_close(&gate);
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

START_TEST(test_default_workers_follow_the_affinity)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    cpu_set_t all;
    sched_getaffinity(0, sizeof all, &all);
    int cpu = 0;
    while (!CPU_ISSET(cpu, &all)) cpu++;
    CPU_SET(cpu, &one);
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
    ck_assert_int_eq(executor_cpu_count(), 1);
    struct executor *executor = create_pool(_i, 0);
    ck_assert_int_eq(executor_workers(executor), _i == EXECUTOR_PROCESSES ? 1 : 5);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_threads_start_on_demand)
{
    if (_i == EXECUTOR_PROCESSES)
        return; // they must be forked at once, for their memory
    struct gate gate;
    gate_init(&gate);
    int before = live_threads();
    struct executor *executor = create_pool(_i, 8);
    ck_assert_int_eq(live_threads(), before);
    struct future *futures[2] = {submit_hold(executor, &gate), NULL};
    gate_await(&gate, 1);
    ck_assert_int_eq(live_threads(), before + 1);
    futures[1] = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    ck_assert_int_le(live_threads(), before + 3);
    gate_release(&gate, 2);
    for (int i = 0; i < 2; i++) future_free(futures[i]);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

// ---- waiting inside

struct nested {
    struct executor *executor;
    int depth;
};

static int go_deeper(const void *args, void *result)
{
    const struct nested *nested = args;
    *(int *)result = nested->depth;
    if (nested->depth == 0) return 0;
    struct nested inner = {nested->executor, nested->depth - 1};
    struct future *future = executor_submit(nested->executor, go_deeper, &inner,
                                            sizeof inner, sizeof(int));
    if (!future) return -errno;
    int below = 0;
    int status = future_result(future, &below, -1);
    future_free(future);
    *(int *)result += below;
    return status;
}

START_TEST(test_worker_runs_what_it_waits_for)
{
    struct nested nested = {create_pool(_i, 1), 20};
    struct future *future = executor_submit(nested.executor, go_deeper, &nested,
                                            sizeof nested, sizeof(int));
    if (_i == EXECUTOR_PROCESSES) {
        struct task_error error; // a pool's copy in its worker has no workers
        ck_assert_int_eq(future_error(future, &error, LIMIT_MS), -ECHILD);
        ck_assert_int_eq(error.number, -EDEADLK);
    } else {
        ck_assert_int_eq(int_result(future), 210);
    }
    future_free(future);
    executor_destroy(nested.executor);
}
END_TEST

static int map_inside(const void *args, void *result)
{
    const struct nested *nested = args;
    int in[50], out[50], sum = 0;
    for (int i = 0; i < 50; i++) in[i] = i;
    int status = executor_map(nested->executor, square, in, sizeof *in, out,
                              sizeof *out, 50, NULL, NULL);
    for (int i = 0; status == 0 && i < 50; i++) sum += out[i];
    struct future *futures[4];
    for (int i = 0; i < 4; i++)
        futures[i] = submit_int(nested->executor, square, 10);
    status = status ? status : futures_wait(futures, 4, FUTURES_FIRST_COMPLETED, -1);
    for (int i = 0; i < 4; i++) future_free(futures[i]);
    *(int *)result = sum;
    return status;
}

START_TEST(test_worker_maps_and_waits_inside)
{
    if (_i == EXECUTOR_PROCESSES) return;
    struct nested nested = {create_pool(_i, 1), 0};
    struct future *future = executor_submit(nested.executor, map_inside, &nested,
                                            sizeof nested, sizeof(int));
    ck_assert_int_eq(int_result(future), 40425);
    future_free(future);
    executor_destroy(nested.executor);
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

// ThreadSanitizer has threads of its own, and bears no new ones after a fork among threads.
static bool tsan_cannot(const TTest *test)
{
#ifdef __SANITIZE_THREAD__
    return test == test_threads_start_on_demand ||
           test == test_forked_child_has_a_pool_of_its_own;
#else
    return false;
#endif
}

int main(void)
{
    const TTest *const tests[] = {
        test_submit_after_shutdown_is_refused,
        test_shutdown_without_waiting_lets_tasks_end,
        test_tasks_pending_at_shutdown_run_on_all_workers,
        test_shutdown_cancels_what_is_pending,
        test_shutdown_waits_for_all_tasks,
        test_workers_have_names,
        test_initializer_runs_first,
        test_failing_initializer_breaks_the_pool,
        test_wrong_options_are_refused,
        test_default_workers_follow_the_affinity,
        test_threads_start_on_demand,
        test_worker_runs_what_it_waits_for,
        test_worker_maps_and_waits_inside,
        test_forked_child_cannot_use_the_pool,
        test_forked_child_has_a_pool_of_its_own,
    };
    Suite *suite = suite_create("futures: executors");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (!tsan_cannot(tests[i]))
            tcase_add_loop_test(group, tests[i], 0, KIND_COUNT);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
