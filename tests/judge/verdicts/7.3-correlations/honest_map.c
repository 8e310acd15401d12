// A row a task, all of them given to map.
// verdict: never fail

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    int status = rows_map(kind, workers, row_task, series, r);
    *best = best_of(r, series->series_count);
    return status;
}
