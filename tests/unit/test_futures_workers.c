// Workers: their number, names and initializer; for each kind of executor.

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "futures/executor.h"
#include "futures_tasks.h"
#include "unit/unit.h"

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

static void write_file(const char *root, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    FILE *stream = fopen(path, "w");
    ck_assert_ptr_nonnull(stream);
    fputs(text, stream);
    fclose(stream);
}

START_TEST(test_least_quota_of_the_control_groups_binds)
{
    static const char *const files[][3] = {
        // version 2: a group without a limit inside one with two and a half
        {"0::/jobs/mine\n", "jobs/cpu.max", "250000 100000\n"},
        {"0::/jobs/mine\n", "jobs/mine/cpu.max", "max 100000\n"},
        // version 1, seen from inside a container: its group is the root
        {"4:memory:/x\n3:cpuacct,cpu:/gone\n", "cpu/cpu.cfs_quota_us", "150000\n"},
    };
    static const double expected[] = {2.5, 2.5, 1.5};
    char root[] = "/tmp/quota-XXXXXX", command[64];
    ck_assert_ptr_nonnull(mkdtemp(root));
    ck_assert(executor_cpu_quota(root) == 0);
    write_file(root, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    for (int i = 0; i < 3; i++) {
        char name[100];
        snprintf(name, sizeof name, "sys/fs/cgroup/%s", files[i][1]);
        write_file(root, name, files[i][2]);
        write_file(root, "proc/self/cgroup", files[i][0]);
        ck_assert(executor_cpu_quota(root) == expected[i]);
    }
    snprintf(command, sizeof command, "rm -r %s", root);
    ck_assert_int_eq(system(command), 0);
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

// ThreadSanitizer has threads of its own.
static bool tsan_cannot(const TTest *test)
{
#ifdef __SANITIZE_THREAD__
    return test == test_threads_start_on_demand;
#else
    return false;
#endif
}

int main(void)
{
    const TTest *const tests[] = {
        test_least_quota_of_the_control_groups_binds,
        test_workers_have_names,
        test_initializer_runs_first,
        test_failing_initializer_breaks_the_pool,
        test_default_workers_follow_the_affinity,
        test_threads_start_on_demand,
    };
    Suite *suite = suite_create("futures: workers");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (!tsan_cannot(tests[i])) add_for_each_kind(group, &tests[i], 1);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
