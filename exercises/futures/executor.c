// Executors: what all pools do alike. A call on a pool that was inherited by fork is
// refused by comparing generations: its workers are in the parent, and so would be
// the answer.

#include "futures/executor.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include "futures/spin.h"
#include "futures/trace_record.h"

enum { CACHE_LINE = 64 };

uint16_t fork_generation;
_Thread_local struct executor *worker_executor;
_Thread_local int worker_index;

static void in_forked_child(void)
{
    fork_generation++;
    atomic_store(&workers_awake, 0);
    worker_executor = NULL;
}

static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, in_forked_child);
}

static bool are_sound(const struct pool_options *options)
{
    return options->workers >= 1 && options->workers <= EXECUTOR_MOST_WORKERS &&
           options->task_timeout_ms >= 0 && options->tasks_per_worker >= 0;
}

void *executor_new(size_t size, const struct executor_operations *operations,
                   const struct pool_options *options)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, watch_forks);
    errno = EINVAL;
    if (!are_sound(options)) return NULL;
    size = (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    struct executor *executor = aligned_alloc(CACHE_LINE, size);
    if (!executor) return NULL;
    memset(executor, 0, size);
    executor->operations = operations;
    executor->generation = fork_generation;
    executor->options = *options;
    const char *name = options->name ? options->name : "worker";
    snprintf(executor->name, sizeof executor->name, "%s", name);
    executor->options.name = executor->name;
    if (!options->trace) executor->options.trace = trace_of_all();
    return executor;
}

int executor_begin_worker(struct executor *executor, int index)
{
    char name[32];
    snprintf(name, sizeof name, "%.11s-%d", executor->name, index);
    name[15] = '\0'; // the kernel keeps no more
    prctl(PR_SET_NAME, name);
    if (!executor->options.initializer) return 0;
    return executor->options.initializer(executor->options.initializer_data);
}

struct future *executor_submit_grouped(struct executor *executor, task_fn *task,
                                       const void *args, size_t args_size,
                                       size_t result_size, struct map_group *group)
{
    if (executor->generation != fork_generation) {
        errno = EDEADLK;
        return NULL;
    }
    struct future *future =
        future_new(executor, task, args, args_size, result_size, group);
    if (!future) return NULL;
    int status = executor->operations->submit(executor, future);
    if (status == 0) return future;
    future_release(future);
    future_release(future);
    errno = -status;
    return NULL;
}

struct future *executor_submit(struct executor *executor, task_fn *task,
                               const void *args, size_t args_size,
                               size_t result_size)
{
    return executor_submit_grouped(executor, task, args, args_size, result_size,
                                   NULL);
}

int executor_shutdown(struct executor *executor, bool wait, bool cancel_pending)
{
    if (executor->generation != fork_generation) return -EDEADLK;
    if (wait && worker_executor == executor) return -EDEADLK;
    return executor->operations->shutdown(executor, wait, cancel_pending);
}

void executor_destroy(struct executor *executor)
{
    if (!executor || executor->generation != fork_generation) return;
    if (executor_shutdown(executor, true, false) == 0)
        executor->operations->destroy(executor);
}

int executor_workers(const struct executor *executor)
{
    return executor->options.workers;
}
