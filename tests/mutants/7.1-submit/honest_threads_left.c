// Honest, but its threads are never joined, although they have ended when it returns: what a thread
// leaves behind stays there.
// caught by: threads: no data race
// says: never joined
// with: speed
// points: 29

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
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

struct worker {
    struct job *job;
    sem_t *ended;
};

static void *work_and_tell(void *argument)
{
    struct worker *worker = argument;
    work(worker->job);
    sem_post(worker->ended);
    return NULL;
}

static void run_threads(struct job *job, int workers)
{
    pthread_t thread;
    static sem_t ended;
    static struct worker worker;
    sem_init(&ended, 0, 0);
    worker = (struct worker){job, &ended};
    for (int i = 0; i < workers; i++)
        pthread_create(&thread, NULL, work_and_tell, &worker);
    for (int i = 0; i < workers; i++) sem_wait(&ended);
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
    run_threads(&(struct job){n, 0, results}, workers);
    return 0;
}
