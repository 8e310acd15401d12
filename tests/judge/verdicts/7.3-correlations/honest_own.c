// Threads or processes of its own, without a pool, that take the next row until there is none.
// verdict: never fail

struct job {
    const struct aligned_series *series;
    atomic_size_t next;
    double r[];
};

static void *rows_take(void *argument)
{
    struct job *job = argument;
    size_t n = job->series->series_count;
    for (size_t i; (i = atomic_fetch_add(&job->next, 1)) < n;)
        rows_correlate(job->series, i, i + 1, job->r);
    return NULL;
}

static void threads_run(struct job *job, int workers)
{
    pthread_t threads[64];
    for (int k = 0; k < workers; k++)
        pthread_create(&threads[k], NULL, rows_take, job);
    for (int k = 0; k < workers; k++) pthread_join(threads[k], NULL);
}

static void processes_run(struct job *job, int workers)
{
    for (int k = 0; k < workers; k++)
        if (fork() == 0) {
            rows_take(job);
            _exit(0);
        }
    while (wait(NULL) > 0) continue;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    size_t n = series->series_count, size = sizeof(struct job) + n * n * sizeof *r;
    struct job *job = shared_create(size);
    job->series = series;
    (kind == EXECUTOR_PROCESSES ? processes_run : threads_run)(job, workers);
    for (size_t k = 0; k < n * n; k++) r[k] = job->r[k];
    *best = best_of(r, n);
    munmap(job, size);
    return 0;
}
