// Process pools that the system refuses workers: forks fail from one of them on. The program's
// own fork comes before the library's.

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

// Under ThreadSanitizer main names none of these tests.
#pragma GCC diagnostic ignored "-Wunused-variable"

enum { SERVER = 1, REFUSALS = 30, TIMES = 10 };

// Counted across processes, from the moment on that `granted` is set.
static atomic_int *forks;
static int granted = INT_MAX;

pid_t fork(void)
{
    static pid_t (*theirs)(void);
    if (!theirs) *(void **)&theirs = dlsym(RTLD_NEXT, "fork");
    if (granted == INT_MAX || atomic_fetch_add(forks, 1) < granted) return theirs();
    errno = EAGAIN;
    return -1;
}

// So many forks succeed from now on, and no more.
static void grant(int count)
{
    forks = mmap(NULL, sizeof *forks, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(forks, MAP_FAILED);
    granted = count;
}

// Stays until many more forks have been refused.
static int outlast_refusals(const void *args, void *result)
{
    int before = atomic_load(forks);
    while (atomic_load(forks) < before + REFUSALS) sched_yield();
    *(int *)result = *(const int *)args;
    return 0;
}

START_TEST(test_pool_works_with_the_one_worker_that_it_got)
{
    enum { TASKS = 20 };
    struct future *futures[TASKS];
    grant(SERVER + 1);
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 3);
    struct future *long_one = submit_int(executor, outlast_refusals, 7);
    for (int i = 0; i < TASKS; i++) futures[i] = submit_int(executor, square, i);
    ck_assert_int_eq(int_result(long_one), 7);
    for (int i = 0; i < TASKS; i++) {
        ck_assert_int_eq(int_result(futures[i]), i * i);
        future_free(futures[i]);
    }
    future_free(long_one);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_pool_that_gets_no_worker_is_broken)
{
    grant(SERVER);
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 2);
    struct future *future = submit_int(executor, square, 3);
    struct task_error error;
    ck_assert_int_eq(future_error(future, &error, LIMIT_MS), -ECHILD);
    ck_assert_int_eq(error.number, -ENOTRECOVERABLE);
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_map_on_a_pool_that_gets_no_worker_says_that_it_broke)
{
    int args[8] = {0}, results[8], errors[8];
    grant(SERVER);
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 2);
    int status = executor_map(executor, square, args, sizeof *args, results,
                              sizeof *results, 8, errors, NULL);
    ck_assert_int_eq(status, -ENOTRECOVERABLE);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_pool_whose_server_cannot_be_forked_is_not_made)
{
    struct pool_options options = {.workers = 2};
    grant(0);
    ck_assert_ptr_null(executor_create(EXECUTOR_PROCESSES, &options));
    ck_assert_int_eq(errno, EAGAIN);
    ck_assert_int_eq(child_processes(), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("forks that fail");
    TCase *tcase = tcase_create("pools");
    tcase_set_timeout(tcase, 60);
#ifndef __SANITIZE_THREAD__ // does not follow forks
    tcase_add_loop_test(tcase, test_pool_works_with_the_one_worker_that_it_got, 0,
                        TIMES);
    tcase_add_test(tcase, test_pool_that_gets_no_worker_is_broken);
    tcase_add_test(tcase, test_map_on_a_pool_that_gets_no_worker_says_that_it_broke);
    tcase_add_test(tcase, test_pool_whose_server_cannot_be_forked_is_not_made);
#endif
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
