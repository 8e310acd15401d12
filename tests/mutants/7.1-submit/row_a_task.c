// Makes a row of calls a task: no more rows wait than there are.
// caught by: threads: the calls wait at the same time
// says: at most 4 slow calls waited
// points: 0

#include "submit.h"
#include <errno.h>
#include <stdlib.h>

struct row {
    int i;
    int n;
};

static int task(const void *args, void *result)
{
    const struct row *row = args;
    int *next = result;
    for (int j = 0; j < row->n; j++) {
        if (row->i < j) *next++ = slow_add(row->i, j);
        if (row->i > j) *next++ = slow_sub(row->i, j);
    }
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    struct row *rows = calloc((size_t)n, sizeof *rows);
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    for (int i = 0; i < n; i++) rows[i] = (struct row){i, n};
    int status =
        executor_map(executor, task, rows, sizeof *rows, results,
                     (size_t)(n - 1) * sizeof *results, (size_t)n, NULL, NULL);
    executor_destroy(executor);
    free(rows);
    return status;
}
