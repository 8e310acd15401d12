// Makes all calls in one task.
// caught by: threads: the calls wait at the same time
// says: one task makes all calls
// points: 0

#include "submit.h"
#include <errno.h>

static int task(const void *args, void *result)
{
    int n = *(const int *)args, *next = result;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i < j) *next++ = slow_add(i, j);
            if (i > j) *next++ = slow_sub(i, j);
        }
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor) return -errno;
    size_t size = (size_t)n * (size_t)(n - 1) * sizeof *results;
    struct future *future = executor_submit(executor, task, &n, sizeof n, size);
    int status = future_result(future, results, -1);
    future_free(future);
    executor_destroy(executor);
    return status;
}
