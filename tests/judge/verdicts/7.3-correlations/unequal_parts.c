// Two tasks: four fifths of the rows, and the last fifth. With two workers 1.25 times as fast.
// verdict: never pass

struct part {
    const struct aligned_series *series;
    size_t first;
    size_t end;
    double *cells;
};

static int part_task(const void *args, void *result)
{
    const struct part *part = args;
    rows_correlate(part->series, part->first, part->end, part->cells);
    return 0;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    size_t n = series->series_count, cut = n * 4 / 5;
    double *cells = shared_create((n * n + 1) * sizeof *cells);
    struct part parts[] = {{series, 0, cut, cells}, {series, cut, n, cells}};
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    int status = executor_map(executor, part_task, parts, sizeof *parts, NULL, 0, 2,
                              NULL, NULL);
    executor_destroy(executor);
    for (size_t k = 0; k < n * n; k++) r[k] = cells[k];
    *best = best_of(r, n);
    munmap(cells, (n * n + 1) * sizeof *cells);
    return status;
}
