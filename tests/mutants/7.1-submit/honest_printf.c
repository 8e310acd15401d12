// Has its debugging left in.
// caught by: nothing
// with: speed
// points: 30

#include "submit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct operands {
    int x;
    int y;
};

static int task(const void *args, void *result)
{
    const struct operands *operands = args;
    int x = operands->x, y = operands->y;
    printf("task %d %d begins\n", x, y);
    *(int *)result = x < y ? slow_add(x, y) : slow_sub(x, y);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    size_t count = (size_t)n * (size_t)(n - 1), submitted = 0;
    struct future **futures = calloc(count, sizeof *futures);
    if (!futures) return -ENOMEM;
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor) {
        free(futures);
        return -errno;
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            struct operands operands = {i, j};
            futures[submitted++] = executor_submit(executor, task, &operands,
                                                   sizeof operands, sizeof(int));
        }
    int status = 0;
    for (size_t k = 0; k < count; k++) {
        int error = future_result(futures[k], &results[k], -1);
        if (!status) status = error;
        fprintf(stderr, "results[%zu] = %d\n", k, results[k]);
        future_free(futures[k]);
    }
    executor_destroy(executor);
    free(futures);
    return status;
}
