// Starts threads without end.
// caught by: threads: the table is in order
// points: 0
// takes: long

#include "submit.h"
#include <pthread.h>
#include <unistd.h>

static void *rest(void *unused)
{
    for (;;) pause();
    return NULL;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    pthread_t thread;
    for (;;) pthread_create(&thread, NULL, rest, NULL);
}
