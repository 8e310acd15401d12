// As many threads as there are workers, each with its rows of half of the pairs; but one works at
// a time, while the others spin for their turn.
// caught by: threads: the rows are computed at the same time
// points: 0
// if loaded: pending

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

static double mean(const double x[], size_t length)
{
    double sum = 0;
    for (size_t k = 0; k < length; k++) sum += x[k];
    return sum / (double)length;
}

static bool is_constant(const double x[], size_t length)
{
    for (size_t k = 1; k < length; k++)
        if (x[k] != x[0]) return false;
    return true;
}

static double correlation(const double x[], const double y[], size_t length)
{
    if (is_constant(x, length) || is_constant(y, length)) return NAN;
    double mean_x = mean(x, length), mean_y = mean(y, length);
    double xx = 0, xy = 0, yy = 0;
    for (size_t k = 0; k < length; k++) {
        double dx = x[k] - mean_x, dy = y[k] - mean_y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    return fmax(-1, fmin(1, xy / (sqrt(xx) * sqrt(yy))));
}

// Only the pairs i <= j; the others are their mirror images.
static void half_fill(const struct aligned_series *series, size_t i, double r[])
{
    size_t n = series->series_count, length = series->length;
    for (size_t j = i; j < n; j++)
        r[i * n + j] = r[j * n + i] = correlation(
            series->values + i * length, series->values + j * length, length);
}

static struct best_pair best_of(const double r[], size_t n)
{
    struct best_pair best = {.r = NAN};
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (r[a * n + b] > best.r || (isnan(best.r) && !isnan(r[a * n + b])))
                best = (struct best_pair){a, b, r[a * n + b]};
    return best;
}

struct part {
    const struct aligned_series *series;
    double *r;
    size_t first, step;
};

static atomic_size_t turn;

static void *work(void *argument)
{
    const struct part *part = argument;
    for (size_t i = part->first; i < part->series->series_count; i += part->step) {
        while (turn != i)
            ;
        half_fill(part->series, i, part->r);
        turn = i + 1;
    }
    return NULL;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    pthread_t threads[64];
    struct part parts[64];
    turn = 0;
    for (int k = 0; k < workers; k++) {
        parts[k] = (struct part){series, r, (size_t)k, (size_t)workers};
        pthread_create(&threads[k], NULL, work, &parts[k]);
    }
    for (int k = 0; k < workers; k++) pthread_join(threads[k], NULL);
    *best = best_of(r, series->series_count);
    return 0;
}

int load_series(enum executor_kind kind, int workers, const char *const h5_paths[],
                size_t count, const char *column, struct aligned_series *aligned)
{
    *aligned = (struct aligned_series){0};
    struct stock_series *series = calloc(count + 1, sizeof *series);
    int status = series ? 0 : -ENOMEM;
    for (size_t k = 0; k < count && !status; k++)
        status = stock_series_read_hdf5(h5_paths[k], column, &series[k], NULL);
    if (!status) status = aligned_series_init(aligned, series, count);
    for (size_t k = 0; series && k < count; k++) stock_series_close(&series[k]);
    free(series);
    return status;
}
