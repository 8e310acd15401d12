// Tasks in a pool whose sums stand beside each other in memory, in one line of the cache, and
// are written there at every step.
// verdict: never pass

struct sums {
    volatile double xx, xy, yy;
};

struct shared {
    atomic_uint workers;
    struct sums sums[64];
};

static struct shared *shared;

static _Thread_local struct sums *own;

static double sums_correlation(const double x[], const double y[], size_t length)
{
    if (x == y || is_constant(x, length) || is_constant(y, length))
        return correlation(x, y, length);
    double mean_x = mean(x, length), mean_y = mean(y, length);
    *own = (struct sums){0};
    for (size_t k = 0; k < length; k++) {
        double dx = x[k] - mean_x, dy = y[k] - mean_y;
        own->xx += dx * dx;
        own->xy += dx * dy;
        own->yy += dy * dy;
    }
    return fmax(-1, fmin(1, own->xy / (sqrt(own->xx) * sqrt(own->yy))));
}

static int sums_task(const void *args, void *result)
{
    const struct row *row = args;
    const struct aligned_series *series = row->series;
    double *cells = result;
    if (!own) own = &shared->sums[shared->workers++ % 64];
    for (size_t j = 0; j < series->series_count; j++)
        cells[j] =
            sums_correlation(series->values + row->i * series->length,
                             series->values + j * series->length, series->length);
    return 0;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    shared = shared_create(sizeof *shared);
    int status = rows_map(kind, workers, sums_task, series, r);
    *best = best_of(r, series->series_count);
    munmap(shared, sizeof *shared);
    return status;
}
