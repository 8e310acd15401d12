// Gives each call a moment to end before it submits the next: calls that are quick come one after
// the other.
// fails only: speed
// says: slow calls were open at the same time
// with: speed

#include "submit.h"
#include <errno.h>
#include <stdlib.h>

struct operands {
    int x;
    int y;
};

static int add_task(const void *args, void *result)
{
    const struct operands *operands = args;
    *(int *)result = slow_add(operands->x, operands->y);
    return 0;
}

static int subtract_task(const void *args, void *result)
{
    const struct operands *operands = args;
    *(int *)result = slow_sub(operands->x, operands->y);
    return 0;
}

enum { MOMENT_MS = 80 };

// On failure the futures that were submitted stand in futures.
static int submit_calls(struct executor *executor, int n, struct future *futures[])
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            struct operands operands = {i, j};
            *futures = executor_submit(executor, i < j ? add_task : subtract_task,
                                       &operands, sizeof operands, sizeof(int));
            if (!*futures) return -errno;
            int unused;
            future_result(*futures++, &unused, MOMENT_MS);
        }
    }
    return 0;
}

static int collect_results(struct future *const futures[], size_t count,
                           int results[])
{
    for (size_t k = 0; k < count; k++) {
        int status = future_result(futures[k], &results[k], -1);
        if (status) return status;
    }
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    size_t count = (size_t)n * (size_t)(n - 1);
    struct future **futures = calloc(count, sizeof *futures);
    if (!futures) return -ENOMEM;
    int status = 0;
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor) {
        status = -errno;
        goto out;
    }
    status = submit_calls(executor, n, futures);
    if (!status) status = collect_results(futures, count, results);
out:
    if (executor) executor_shutdown(executor, true, status != 0);
    executor_destroy(executor);
    for (size_t k = 0; k < count; k++) future_free(futures[k]);
    free(futures);
    return status;
}
