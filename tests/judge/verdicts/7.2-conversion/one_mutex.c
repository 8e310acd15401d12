// Tasks in a pool, and one mutex that every task holds from its first line to its last.
// verdict: never pass

static pthread_mutex_t *lock;

static int locked_task(const void *args, void *result)
{
    pthread_mutex_lock(lock);
    int status = path_task(args, result);
    pthread_mutex_unlock(lock);
    return status;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    lock = shared_create(sizeof *lock);
    pthread_mutex_init(lock, &attributes);
    int status = files_map(kind, workers, locked_task, json_paths, count, statuses);
    munmap(lock, sizeof *lock);
    return status;
}
