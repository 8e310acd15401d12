// A thread or a process a row, each of which is waited for before the next one starts.
// verdict: never pass

struct call {
    const struct aligned_series *series;
    size_t i;
    double *r;
};

static void *row_call(void *argument)
{
    const struct call *call = argument;
    rows_correlate(call->series, call->i, call->i + 1, call->r);
    return NULL;
}

static void call_join(enum executor_kind kind, struct call *call)
{
    pthread_t thread;
    if (kind == EXECUTOR_THREADS) {
        pthread_create(&thread, NULL, row_call, call);
        pthread_join(thread, NULL);
    } else if (fork() == 0) {
        row_call(call);
        _exit(0);
    } else {
        wait(NULL);
    }
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    size_t n = series->series_count;
    double *cells = shared_create((n * n + 1) * sizeof *cells);
    for (size_t i = 0; i < n; i++) call_join(kind, &(struct call){series, i, cells});
    for (size_t k = 0; k < n * n; k++) r[k] = cells[k];
    *best = best_of(r, n);
    munmap(cells, (n * n + 1) * sizeof *cells);
    return 0;
}
