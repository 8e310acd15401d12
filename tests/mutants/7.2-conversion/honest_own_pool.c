// A pool of its own: raw pthreads, or fork and shared memory.
// caught by: nothing
// with: speed
// points: 30

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "stocks/stock_table.h"

static char *hdf5_path_create(const char *json_path)
{
    static const char suffix[] = ".json";
    size_t length = strlen(json_path), suffix_length = strlen(suffix);
    if (length < suffix_length ||
        strcmp(json_path + length - suffix_length, suffix)) {
        errno = EINVAL;
        return NULL;
    }
    char *path = NULL;
    if (asprintf(&path, "%.*s.h5", (int)(length - suffix_length), json_path) < 0) {
        errno = ENOMEM;
        return NULL;
    }
    return path;
}

static int convert_file(const char *json_path)
{
    char *hdf5_path = hdf5_path_create(json_path);
    if (!hdf5_path) return -errno;
    struct stock_table *table = stock_table_read_json(json_path, NULL);
    int status =
        table ? stock_table_write_hdf5(table, hdf5_path, NULL, NULL) : -errno;
    stock_table_destroy(table);
    free(hdf5_path);
    return status;
}

struct job {
    const char *const *json_paths;
    size_t count;
    atomic_size_t next;
    int statuses[]; // shared with the workers, whether threads or processes
};

static void *work(void *argument)
{
    struct job *job = argument;
    for (size_t k; (k = atomic_fetch_add(&job->next, 1)) < job->count;)
        job->statuses[k] = convert_file(job->json_paths[k]);
    return NULL;
}

static void run_threads(struct job *job, int workers)
{
    pthread_t *threads = calloc((size_t)workers, sizeof *threads);
    for (int i = 0; i < workers; i++) pthread_create(&threads[i], NULL, work, job);
    for (int i = 0; i < workers; i++) pthread_join(threads[i], NULL);
    free(threads);
}

static void run_processes(struct job *job, int workers)
{
    for (int i = 0; i < workers; i++)
        if (fork() == 0) {
            work(job);
            _exit(0);
        }
    while (wait(NULL) > 0) continue;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    size_t size = sizeof(struct job) + count * sizeof(int);
    struct job *job =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (job == MAP_FAILED) return -errno;
    job->json_paths = json_paths;
    job->count = count;
    if (kind == EXECUTOR_PROCESSES)
        run_processes(job, workers);
    else
        run_threads(job, workers);
    memcpy(statuses, job->statuses, count * sizeof(int));
    munmap(job, size);
    return 0;
}
