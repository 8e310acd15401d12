// Forks its process workers and reads their results from pipes.
// caught by: nothing
// with: speed
// points: 30

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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

// Worker w makes the calls w, w + workers, ... and writes their results to its pipe.
static void child_run(int n, int first, int workers, int out)
{
    for (int k = first; k < n * (n - 1); k += workers) {
        int i = k / (n - 1), j = k % (n - 1);
        if (j >= i) j++;
        int value = i < j ? slow_add(i, j) : slow_sub(i, j);
        if (write(out, &value, sizeof value) < 0) _exit(1);
    }
    _exit(0);
}

static int run_processes(int n, int workers, int results[])
{
    int pipes[workers][2], status = 0;
    for (int w = 0; w < workers; w++) {
        if (pipe(pipes[w]) < 0) return -errno;
        if (fork() == 0) child_run(n, w, workers, pipes[w][1]);
        close(pipes[w][1]);
    }
    for (int k = 0; k < n * (n - 1); k++)
        if (read(pipes[k % workers][0], &results[k], sizeof(int)) != sizeof(int))
            status = -EIO;
    for (int w = 0; w < workers; w++) close(pipes[w][0]);
    while (wait(NULL) > 0) continue;
    return status;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    if (n < 2) return 0;
    if (kind == EXECUTOR_PROCESSES) return run_processes(n, workers, results);
    run_threads(&(struct job){n, 0, results}, workers);
    return 0;
}
