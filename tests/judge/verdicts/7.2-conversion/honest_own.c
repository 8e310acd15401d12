// Threads or processes of its own, without a pool, that take the next file until there is none.
// verdict: never fail

struct job {
    const char *const *json_paths;
    size_t count;
    atomic_size_t next;
    int statuses[];
};

static void *files_take(void *argument)
{
    struct job *job = argument;
    for (size_t k; (k = atomic_fetch_add(&job->next, 1)) < job->count;)
        job->statuses[k] = convert_file(job->json_paths[k]);
    return NULL;
}

static void threads_run(struct job *job, int workers)
{
    pthread_t threads[64];
    for (int k = 0; k < workers; k++)
        pthread_create(&threads[k], NULL, files_take, job);
    for (int k = 0; k < workers; k++) pthread_join(threads[k], NULL);
}

static void processes_run(struct job *job, int workers)
{
    for (int k = 0; k < workers; k++)
        if (fork() == 0) {
            files_take(job);
            _exit(0);
        }
    while (wait(NULL) > 0) continue;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    size_t size = sizeof(struct job) + count * sizeof *statuses;
    struct job *job = shared_create(size);
    job->json_paths = json_paths;
    job->count = count;
    (kind == EXECUTOR_PROCESSES ? processes_run : threads_run)(job, workers);
    memcpy(statuses, job->statuses, count * sizeof *statuses);
    munmap(job, size);
    return 0;
}
