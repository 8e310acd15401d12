// A thread or a process a file, each of which is waited for before the next one starts.
// verdict: never pass

struct call {
    const char *json_path;
    int *status;
};

static void *file_call(void *argument)
{
    const struct call *call = argument;
    *call->status = convert_file(call->json_path);
    return NULL;
}

static void call_join(enum executor_kind kind, struct call *call)
{
    pthread_t thread;
    if (kind == EXECUTOR_THREADS) {
        pthread_create(&thread, NULL, file_call, call);
        pthread_join(thread, NULL);
    } else if (fork() == 0) {
        file_call(call);
        _exit(0);
    } else {
        wait(NULL);
    }
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    size_t size = (count + 1) * sizeof *statuses;
    int *shared = shared_create(size);
    for (size_t k = 0; k < count; k++)
        call_join(kind, &(struct call){json_paths[k], &shared[k]});
    memcpy(statuses, shared, count * sizeof *statuses);
    munmap(shared, size);
    return 0;
}
