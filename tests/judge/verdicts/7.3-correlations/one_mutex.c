// Tasks in a pool, and one mutex that every task holds from its first line to its last.
// verdict: never pass

static pthread_mutex_t *lock;

static int locked_task(const void *args, void *result)
{
    pthread_mutex_lock(lock);
    int status = row_task(args, result);
    pthread_mutex_unlock(lock);
    return status;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    lock = shared_create(sizeof *lock);
    pthread_mutex_init(lock, &attributes);
    int status = rows_map(kind, workers, locked_task, series, r);
    *best = best_of(r, series->series_count);
    munmap(lock, sizeof *lock);
    return status;
}
