// One call at a time, but where a reply is long in coming, the next call begins: only the test
// that holds replies back sees them together.
// caught by: threads: speed
// says: open at the same time
// points: 22
// with: speed

#include "submit.h"

enum { PATIENCE_MS = 120 };

static int task(const void *args, void *result)
{
    const int *o = args;
    *(int *)result = o[0] < o[1] ? slow_add(o[0], o[1]) : slow_sub(o[0], o[1]);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct pool_options options = {.workers = workers};
    struct executor *executor = executor_create(kind, &options);
    struct future *futures[1024];
    int count = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            futures[count] = executor_submit(executor, task, (int[]){i, j},
                                             2 * sizeof i, sizeof i);
            future_result(futures[count], &results[count], PATIENCE_MS);
            count++;
        }
    for (int k = 0; k < count; k++) {
        future_result(futures[k], &results[k], -1);
        future_free(futures[k]);
    }
    executor_destroy(executor);
    return 0;
}
