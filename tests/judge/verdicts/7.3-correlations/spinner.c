// Beside the sequential loop, a thread or a process that only keeps a processor busy.
// verdict: never pass

static atomic_bool *is_over;

static void *spin(void *unused)
{
    while (!*is_over) continue;
    return NULL;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    pthread_t thread;
    is_over = shared_create(sizeof *is_over);
    if (kind == EXECUTOR_THREADS) {
        pthread_create(&thread, NULL, spin, NULL);
    } else if (fork() == 0) {
        spin(NULL);
        _exit(0);
    }
    int status = baseline(kind, workers, series, r, best);
    *is_over = true;
    if (kind == EXECUTOR_THREADS) pthread_join(thread, NULL);
    while (kind == EXECUTOR_PROCESSES && wait(NULL) > 0) continue;
    munmap(is_over, sizeof *is_over);
    return status;
}
