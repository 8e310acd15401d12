// One row after the other, as the stub.
// verdict: never pass

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    return baseline(kind, workers, series, r, best);
}
