// Waits for its threads on a condition, and does not look again when the wait ends.
// fails only: threads: the table is in order
// says: Seen with delays

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct job {
    int n;
    atomic_int next;
    int working; // guarded by lock
    pthread_mutex_t lock;
    pthread_cond_t all_ended;
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
    pthread_mutex_lock(&job->lock);
    if (--job->working == 0) pthread_cond_signal(&job->all_ended);
    pthread_mutex_unlock(&job->lock);
    return NULL;
}

static void run_threads(struct job *job, int workers)
{
    pthread_t thread;
    for (int i = 0; i < workers; i++) pthread_create(&thread, NULL, work, job);
    pthread_mutex_lock(&job->lock);
    if (job->working > 0) pthread_cond_wait(&job->all_ended, &job->lock);
    pthread_mutex_unlock(&job->lock);
}

static int task(const void *args, void *result)
{
    const int *call = args;
    int i = call[0], j = call[1];
    *(int *)result = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

static int run_processes(int n, int workers, int results[])
{
    int calls[n * (n - 1)][2], count = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            calls[count][0] = i;
            calls[count++][1] = j;
        }
    struct executor *executor = executor_create(
        EXECUTOR_PROCESSES, &(struct pool_options){.workers = workers});
    int status = executor_map(executor, task, calls, sizeof *calls, results,
                              sizeof *results, (size_t)count, NULL, NULL);
    executor_destroy(executor);
    return status;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    if (kind == EXECUTOR_PROCESSES) return run_processes(n, workers, results);
    static struct job job;
    job = (struct job){
        n, 0, workers, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, results};
    run_threads(&job, workers);
    return 0;
}
