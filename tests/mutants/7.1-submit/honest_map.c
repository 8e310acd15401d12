// Hands all calls over at once, with executor_map.
// caught by: nothing
// points: 30
// with: sanitizers

#include "submit.h"
#include <errno.h>
#include <stdlib.h>

struct operands {
    int x;
    int y;
};

static int task(const void *args, void *result)
{
    const struct operands *operands = args;
    int x = operands->x, y = operands->y;
    *(int *)result = x < y ? slow_add(x, y) : slow_sub(x, y);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    size_t count = 0;
    struct operands *calls = calloc((size_t)n * (size_t)n, sizeof *calls);
    if (!calls) return -ENOMEM;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) calls[count++] = (struct operands){i, j};
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    int status = executor ? executor_map(executor, task, calls, sizeof *calls,
                                         results, sizeof *results, count, NULL, NULL)
                          : -errno;
    executor_destroy(executor);
    free(calls);
    return status;
}
