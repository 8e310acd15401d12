// Ends the program with status 0 in a worker, as soon as one task runs.
// caught by: threads: the table is in order
// points: 0

#include "submit.h"
#include <unistd.h>

static int task(const void *args, void *result)
{
    *(int *)result = slow_add(0, 1);
    _exit(0);
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct executor *executor = executor_create(kind, NULL);
    struct future *future = executor_submit(executor, task, NULL, 0, sizeof(int));
    int status = future_result(future, results, -1);
    future_free(future);
    executor_destroy(executor);
    return status;
}
