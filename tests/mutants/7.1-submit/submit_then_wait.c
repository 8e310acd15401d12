// Waits for each result before the next submit.
// caught by: threads: the calls wait at the same time
// says: each result is waited for before the next submit
// points: 0

#include "submit.h"
#include <errno.h>

struct operands {
    int x;
    int y;
};

static int task(const void *args, void *result)
{
    const struct operands *o = args;
    *(int *)result = o->x < o->y ? slow_add(o->x, o->y) : slow_sub(o->x, o->y);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct pool_options options = {.workers = workers};
    struct executor *executor = executor_create(kind, &options);
    if (!executor) return -errno;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            struct operands operands = {i, j};
            if (i == j) continue;
            struct future *future = executor_submit(executor, task, &operands,
                                                    sizeof operands, sizeof(int));
            future_result(future, results++, -1);
            future_free(future);
        }
    executor_destroy(executor);
    return 0;
}
