// Hands every thread a pointer to the same variable of the loop.
// caught by: threads: the table is in order
// says: numbers of its own, not a pointer to the loop
// points: 0

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct call {
    int x;
    int y;
    int value;
};

static void *call_run(void *argument)
{
    struct call *call = argument;
    int x = call->x, y = call->y;
    call->value = x < y ? slow_add(x, y) : slow_sub(x, y);
    return NULL;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    size_t count = (size_t)n * (size_t)(n - 1), started = 0;
    pthread_t *threads = calloc(count, sizeof *threads);
    if (!threads) return -ENOMEM;
    struct call call;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            call = (struct call){i, j, 0};
            pthread_create(&threads[started++], NULL, call_run, &call);
        }
    for (size_t k = 0; k < count; k++) {
        pthread_join(threads[k], NULL);
        results[k] = call.value;
    }
    free(threads);
    return 0;
}
