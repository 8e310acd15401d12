// A pool of its own, of raw pthreads. It has nothing for processes.
// caught by: processes: the calls wait at the same time
// says: waited at the same time, but in 1 process
// points: 15
// with: sanitizers

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct job {
    int n;
    atomic_int next;
    int *results;
};

// Workers take the next call until there is none left.
static void *work(void *argument)
{
    struct job *job = argument;
    for (int k; (k = atomic_fetch_add(&job->next, 1)) < job->n * (job->n - 1);) {
        int i = k / (job->n - 1), j = k % (job->n - 1);
        if (j >= i) j++;
        job->results[k] = i < j ? slow_add(i, j) : slow_sub(i, j);
    }
    return NULL;
}

static void run_threads(struct job *job, int workers)
{
    pthread_t *threads = calloc((size_t)workers, sizeof *threads);
    for (int i = 0; i < workers; i++) pthread_create(&threads[i], NULL, work, job);
    for (int i = 0; i < workers; i++) pthread_join(threads[i], NULL);
    free(threads);
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    run_threads(&(struct job){n, 0, results}, workers);
    return 0;
}
