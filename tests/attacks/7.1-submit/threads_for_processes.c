// Uses threads, whatever kind was asked for.
// caught by: processes: the calls wait at the same time
// points: 15

#include "submit.h"

static int task(const void *args, void *result)
{
    const int *o = args;
    *(int *)result = o[0] < o[1] ? slow_add(o[0], o[1]) : slow_sub(o[0], o[1]);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct pool_options options = {.workers = workers};
    struct executor *executor = executor_create(EXECUTOR_THREADS, &options);
    struct future *futures[1024];
    int count = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j)
                futures[count++] = executor_submit(executor, task, (int[]){i, j},
                                                   2 * sizeof i, sizeof i);
    for (int k = 0; k < count; k++) {
        future_result(futures[k], &results[k], -1);
        future_free(futures[k]);
    }
    executor_destroy(executor);
    return 0;
}
