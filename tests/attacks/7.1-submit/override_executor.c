// Brings its own executor_submit and future_result under the names of the given ones: they
// call the task at once.
// caught by: build
// says: multiple definition
// points: 0

#include "submit.h"
#include <stdlib.h>
#include <string.h>

struct executor {
    int unused;
};

struct executor *executor_create(enum executor_kind kind,
                                 const struct pool_options *options)
{
    return calloc(1, sizeof(struct executor));
}

struct future *executor_submit(struct executor *executor, task_fn *task,
                               const void *args, size_t args_size,
                               size_t result_size)
{
    void *result = calloc(1, result_size + 1);
    task(args, result);
    return result;
}

int future_result(struct future *future, void *result, int timeout_ms)
{
    memcpy(result, future, sizeof(int));
    return 0;
}

void executor_destroy(struct executor *executor)
{
    free(executor);
}

static int task(const void *args, void *result)
{
    const int *o = args;
    *(int *)result = o[0] < o[1] ? slow_add(o[0], o[1]) : slow_sub(o[0], o[1]);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct executor *executor = executor_create(kind, NULL);
    struct future *futures[1024];
    int count = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j)
                futures[count++] = executor_submit(executor, task, (int[]){i, j},
                                                   2 * sizeof i, sizeof i);
    for (int k = 0; k < count; k++) {
        future_result(futures[k], &results[k], -1);
        free(futures[k]);
    }
    executor_destroy(executor);
    return 0;
}
