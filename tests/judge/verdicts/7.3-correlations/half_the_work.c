// Twice as fast, and one thread: a pair and its mirror image have the same correlation.
// verdict: never pass

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    size_t n = series->series_count, length = series->length;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            r[i * n + j] = r[j * n + i] = correlation(
                series->values + i * length, series->values + j * length, length);
    *best = best_of(r, n);
    return 0;
}
