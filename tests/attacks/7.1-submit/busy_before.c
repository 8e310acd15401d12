// Spins from before main on, so that the judge never finds the runner waiting.
// caught by: threads: the table is in order
// points: 0
// takes: long

#include "submit.h"
#include <pthread.h>

static void *spin(void *unused)
{
    for (volatile long turn = 0;; turn++)
        ;
    return NULL;
}

__attribute__((constructor)) static void start(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, spin, NULL);
}

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return table(n, results);
}
