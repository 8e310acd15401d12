// The races that other pools lost. Each loop gives the losing order many chances; none of them
// sleeps to make it likely.

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

// A process pool takes a millisecond to create, a thread pool some microseconds.
static int rounds(int kind, int of_threads, int of_processes)
{
    return kind == EXECUTOR_PROCESSES ? of_processes : of_threads;
}

START_TEST(test_no_wake_up_is_lost_at_shutdown)
{
    for (int i = 0; i < rounds(_i, 2000, 100); i++) {
        struct executor *executor =
            create_pool(_i, 4); // workers are on their way to sleep
        for (int k = 0; k < i % 5; k++) future_free(submit_int(executor, square, k));
        executor_destroy(executor);
    }
}
END_TEST

START_TEST(test_destroy_wakes_all_sleepers)
{
    enum { WORKERS = 16 };
    struct gate gate;
    gate_init(&gate);
    for (int i = 0; i < rounds(_i, 50, 5); i++) {
        struct pool_options options = {.workers = WORKERS, .spin_us = -1};
        struct executor *executor =
            executor_create((enum executor_kind)_i, &options);
        struct future *futures[WORKERS];
        for (int k = 0; k < WORKERS; k++) futures[k] = submit_hold(executor, &gate);
        gate_await(&gate, WORKERS);
        gate_release(&gate, WORKERS);
        for (int k = 0; k < WORKERS; k++)
            ck_assert_int_eq(int_result(futures[k]), 1);
        executor_destroy(executor);
        for (int k = 0; k < WORKERS; k++) future_free(futures[k]);
    }
    gate_close(&gate);
}
END_TEST

START_TEST(test_two_pools_do_not_share_anything)
{
    struct executor *one = create_pool(_i, 1), *two = create_pool(_i, 2);
    for (int i = 0; i < 300; i++) {
        struct future *a = submit_int(one, square, i),
                      *b = submit_int(two, square, -i);
        ck_assert_int_eq(int_result(b), i * i);
        ck_assert_int_eq(int_result(a), i * i);
        future_free(a);
        future_free(b);
    }
    executor_destroy(one);
    for (int i = 0; i < 10; i++) { // the other's end is not its own
        struct future *after = submit_int(two, square, i);
        ck_assert_int_eq(int_result(after), i * i);
        future_free(after);
    }
    executor_destroy(two);
}
END_TEST

START_TEST(test_free_races_with_finish)
{
    struct executor *executor = create_pool(_i, 2);
    for (int i = 0; i < 20000; i++) {
        struct future *future = submit_int(executor, square, i % 100);
        if (i % 3 == 0) future_result(future, NULL, 0);
        if (i % 7 == 0) future_result(future, NULL, -1);
        future_free(future);
    }
    executor_destroy(executor);
}
END_TEST

static _Atomic int runs;

static int count_run(const void *args, void *result)
{
    atomic_fetch_add(&runs, 1); // process workers count into their own
    *(int *)result = 1;
    return 0;
}

START_TEST(test_cancel_races_with_claim)
{
    enum { TASKS = 20000 };
    struct executor *executor = create_pool(_i, 2);
    int cancelled = 0, done = 0;
    for (int i = 0; i < TASKS; i++) {
        struct future *future =
            executor_submit(executor, count_run, NULL, 0, sizeof(int));
        for (int spin = 0; spin < i % 40; spin++) future_is_running(future);
        bool took = future_cancel(future);
        int value = 0, status = future_result(future, &value, LIMIT_MS);
        ck_assert_int_eq(status, took ? -ECANCELED : 0);
        ck_assert_int_eq(value, took ? 0 : 1);
        cancelled += took;
        done += !took;
        future_free(future);
    }
    executor_destroy(executor);
    if (_i != EXECUTOR_PROCESSES) ck_assert_int_eq(atomic_load(&runs), done);
    ck_assert_int_eq(cancelled + done, TASKS);
}
END_TEST

struct shared_work {
    struct executor *executor;
    _Atomic int wrong;
};

static void *submit_many(void *argument)
{
    struct shared_work *work = argument;
    for (int i = 0; i < 3000; i++) {
        struct future *future = submit_int(work->executor, square, i % 100);
        int value = -1;
        if (i % 5 == 0 && future_cancel(future)) {
            future_free(future);
            continue;
        }
        if (future_result(future, &value, LIMIT_MS) != 0 ||
            value != (i % 100) * (i % 100))
            work->wrong++;
        future_free(future);
    }
    return NULL;
}

START_TEST(test_many_threads_submit_and_wait)
{
    enum { THREADS = 4 };
    struct shared_work work = {.executor = create_pool(_i, 2)};
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, submit_many, &work);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    ck_assert_int_eq(work.wrong, 0);
    executor_destroy(work.executor);
}
END_TEST

static void *submit_until_refused(void *argument)
{
    struct shared_work *work = argument;
    int x = 3;
    for (struct future *future; (future = executor_submit(work->executor, square, &x,
                                                          sizeof x, sizeof x));) {
        if (future_result(future, NULL, LIMIT_MS) != 0) work->wrong++;
        future_free(future);
    }
    if (errno != ESHUTDOWN) work->wrong++;
    return NULL;
}

START_TEST(test_shutdown_races_with_submit)
{
    for (int i = 0; i < rounds(_i, 300, 20); i++) {
        struct shared_work work = {.executor = create_pool(_i, 2)};
        pthread_t thread;
        pthread_create(&thread, NULL, submit_until_refused, &work);
        for (int k = 0; k < i; k++)
            future_free(submit_int(work.executor, square, k));
        executor_shutdown(work.executor, i % 2, false);
        pthread_join(thread, NULL);
        ck_assert_int_eq(work.wrong, 0);
        executor_destroy(work.executor);
    }
}
END_TEST

#ifdef __SANITIZE_ADDRESS__ // which keeps freed memory for a while, and looks for leaks itself
enum { MEMORY_KIB = 1 << 20 };
#else
enum { MEMORY_KIB = 2048 };
#endif

static long memory_kib(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void cycle(int kind, int tasks)
{
    struct executor *executor = create_pool(kind, 2);
    struct future *futures[4];
    for (int k = 0; k < tasks; k++) futures[k] = submit_int(executor, square, k);
    for (int k = 0; k < tasks / 2; k++) future_result(futures[k], NULL, -1);
    executor_destroy(executor);
    for (int k = 0; k < tasks; k++) future_free(futures[k]);
}

// 100,000 in all: a process pool takes some milliseconds, a thread pool less than a tenth of that.
// Sanitizers, which are slow, see a tenth of them.
static int cycles(int kind)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return rounds(kind, 4900, 200);
#else
    return rounds(kind, 49000, 2000);
#endif
}

START_TEST(test_create_and_destroy_leak_nothing)
{
    int count = cycles(_i);
    for (int i = 0; i < 100; i++) cycle(_i, i % 5);
    int files = open_descriptors(), threads = live_threads();
    long memory = memory_kib();
    for (int i = 0; i < count; i++) cycle(_i, i % 5);
    ck_assert_int_eq(open_descriptors(), files);
    ck_assert_int_eq(live_threads(), threads);
    ck_assert_int_eq(child_processes(), 0);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); // and no zombie
    ck_assert_int_eq(errno, ECHILD);
    ck_assert_int_le(memory_kib() - memory, MEMORY_KIB);
}
END_TEST

START_TEST(test_idle_pool_uses_no_cpu)
{
    struct executor *executor = create_pool(_i, 2);
    for (int i = 0; i < 10; i++) future_free(submit_int(executor, square, i));
    usleep(100000); // they fall asleep: some microseconds would do
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    usleep(300000);
    getrusage(RUSAGE_SELF, &after);
    long used_us = (after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000000 +
                   (after.ru_utime.tv_usec - before.ru_utime.tv_usec);
    ck_assert_int_lt(used_us, 5000); // spinning would be 300000
    executor_destroy(executor);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_no_wake_up_is_lost_at_shutdown,  test_destroy_wakes_all_sleepers,
        test_two_pools_do_not_share_anything, test_free_races_with_finish,
        test_cancel_races_with_claim,         test_many_threads_submit_and_wait,
        test_shutdown_races_with_submit,      test_create_and_destroy_leak_nothing,
        test_idle_pool_uses_no_cpu,
    };
    Suite *suite = suite_create("futures: races");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 120);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
