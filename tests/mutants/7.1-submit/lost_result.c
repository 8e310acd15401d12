// Waits inside a task for a task that comes after it in a pool of its own, whose only worker
// it is: on processes nobody can start it.
// caught by: processes: the table is in order
// says: waits for future 1, whose task has started and does not end; a worker waits for a future of its own

#include "submit.h"
#include <errno.h>
#include <unistd.h>

static int forever(const void *args, void *result)
{
    struct executor *own =
        executor_create(EXECUTOR_THREADS, &(struct pool_options){.workers = 1});
    struct future *promise = promise_create();
    future_result(promise, NULL, -1);
    executor_destroy(own);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = 1});
    struct future *future = executor_submit(executor, forever, NULL, 0, 0);
    int status = future_result(future, NULL, -1);
    future_free(future);
    executor_destroy(executor);
    return status;
}
