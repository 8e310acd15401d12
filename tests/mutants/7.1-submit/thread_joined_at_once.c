// A thread for every call, joined before the next one starts.
// caught by: threads: the calls wait at the same time
// says: Is each worker waited for (joined) before the next one starts
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
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            pthread_t thread;
            struct call call = {i, j, 0};
            if (pthread_create(&thread, NULL, call_run, &call)) return -EAGAIN;
            pthread_join(thread, NULL);
            *results++ = call.value;
        }
    return 0;
}
