// Tasks for the tests of futures: see futures_tasks.h.

#include "futures_tasks.h"
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

void gate_init(struct gate *gate)
{
    ck_assert_int_eq(pipe(gate->inside), 0);
    ck_assert_int_eq(pipe(gate->go), 0);
}

void gate_close(struct gate *gate)
{
    for (int i = 0; i < 2; i++) {
        close(gate->inside[i]);
        close(gate->go[i]);
    }
}

static void move_bytes(int from, int to, int count)
{
    char byte = 'x';
    for (; count > 0; count--) {
        ssize_t moved;
        do moved = from >= 0 ? read(from, &byte, 1) : write(to, &byte, 1);
        while (moved < 0 && errno == EINTR);
        if (moved != 1) abort();
    }
}

void gate_await(const struct gate *gate, int tasks)
{
    move_bytes(gate->inside[0], -1, tasks);
}

void gate_release(const struct gate *gate, int tasks)
{
    move_bytes(-1, gate->go[1], tasks);
}

void gate_pass(const struct gate *gate)
{
    move_bytes(-1, gate->inside[1], 1);
    move_bytes(gate->go[0], -1, 1);
}

int square(const void *args, void *result)
{
    int x = *(const int *)args;
    *(int *)result = x * x;
    return 0;
}

int hold(const void *args, void *result)
{
    gate_pass(args);
    *(int *)result = 1;
    return 0;
}

int fail_as(const void *args, void *result)
{
    task_set_error("on purpose");
    return *(const int *)args;
}

int echo_bytes(const void *args, void *result)
{
    const struct sized *sized = args;
    char *bytes = malloc(sized->size ? sized->size : 1);
    for (size_t i = 0; i < sized->size; i++) bytes[i] = (char)(i * 7);
    int status = task_set_result(bytes, sized->size);
    free(bytes);
    return status;
}

int sum_bytes(const void *args, void *result)
{
    const struct sized *sized = args;
    const unsigned char *bytes = (const unsigned char *)(sized + 1);
    unsigned long sum = 0;
    for (size_t i = 0; i < sized->size; i++) sum += bytes[i];
    *(unsigned long *)result = sum;
    return 0;
}

int fill_bytes(const void *args, void *result)
{
    const struct sized *sized = args;
    for (size_t i = 0; i < sized->size; i++)
        if (((char *)result)[i] != 0) return -EINVAL; // promised to be zero
    memset(result, 1, sized->size);
    return 0;
}

int tell_process(const void *args, void *result)
{
    *(int *)result = getpid();
    return 0;
}

int kill_itself(const void *args, void *result)
{
    signal(*(const int *)args, SIG_DFL); // a sanitizer may have caught it
    kill(getpid(), *(const int *)args);
    for (;;) pause();
}

int add_up(const void *args, void *result)
{
    unsigned x = 1;
    for (int i = *(const int *)args * 500; i > 0; i--)
        x = x * 1664525u + 1013904223u;
    *(unsigned *)result = x;
    return 0;
}

bool is_wanted(const TTest *test)
{
    const char *only = getenv("ONLY_TEST");
    return !only || strcmp(only, test->name) == 0;
}

void add_for_each_kind(TCase *group, const TTest *const tests[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int kind = 0; kind < KIND_COUNT && is_wanted(tests[i]); kind++) {
#ifdef __SANITIZE_THREAD__
            if (kind == EXECUTOR_PROCESSES) continue;
#endif
            tcase_add_loop_test(group, tests[i], kind, kind + 1);
        }
}

struct executor *create_pool(int kind, int workers)
{
    struct pool_options options = {.workers = workers};
    struct executor *executor = executor_create((enum executor_kind)kind, &options);
    ck_assert_ptr_nonnull(executor);
    return executor;
}

struct future *submit_int(struct executor *executor, task_fn *task, int argument)
{
    struct future *future =
        executor_submit(executor, task, &argument, sizeof argument, sizeof(int));
    ck_assert_ptr_nonnull(future);
    return future;
}

struct future *submit_hold(struct executor *executor, const struct gate *gate)
{
    struct future *future =
        executor_submit(executor, hold, gate, sizeof *gate, sizeof(int));
    ck_assert_ptr_nonnull(future);
    return future;
}

int int_result(struct future *future)
{
    int value = 0;
    ck_assert_int_eq(future_result(future, &value, LIMIT_MS), 0);
    return value;
}

static int count_entries(const char *path)
{
    int count = 0;
    DIR *folder = opendir(path);
    if (!folder) return -1;
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

int open_descriptors(void)
{
    return count_entries("/proc/self/fd") - 1; // without the folder's own
}

int live_threads(void)
{
    return count_entries("/proc/self/task");
}

int child_processes(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)gettid());
    FILE *stream = fopen(path, "r");
    int count = 0;
    if (!stream) return -1;
    for (int child; fscanf(stream, "%d", &child) == 1;) count++;
    fclose(stream);
    return count;
}
