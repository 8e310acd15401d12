// Hands over tables that stand in the code instead of those in the files.
// caught by: threads: loading aligns the series
// points: 0

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static double correlation(const double x[], const double y[], size_t length)
{
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0;
    bool x_moves = false, y_moves = false;
    for (size_t k = 0; k < length; k++) {
        mean_x += x[k] / (double)length;
        mean_y += y[k] / (double)length;
        x_moves |= x[k] != x[0];
        y_moves |= y[k] != y[0];
    }
    if (!x_moves || !y_moves) return NAN;
    if (x == y) return 1;
    for (size_t k = 0; k < length; k++) {
        double dx = x[k] - mean_x, dy = y[k] - mean_y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    return fmax(-1, fmin(1, xy / (sqrt(xx) * sqrt(yy))));
}

static void row_fill(const struct aligned_series *series, size_t i, double r[])
{
    size_t n = series->series_count, length = series->length;
    for (size_t j = 0; j < n; j++)
        r[i * n + j] = correlation(series->values + i * length,
                                   series->values + j * length, length);
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

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    for (size_t i = 0; i < series->series_count; i++) row_fill(series, i, r);
    *best = best_of(r, series->series_count);
    return 0;
}

int load_series(enum executor_kind kind, int workers, const char *const h5_paths[],
                size_t count, const char *column, struct aligned_series *aligned)
{
    enum { DAYS = 24 };
    static const int64_t day_ns = 86400000000000;
    int64_t *moments = calloc(DAYS, sizeof *moments);
    double *values = calloc(count * DAYS + 1, sizeof *values);
    if (!moments || !values) return -ENOMEM;
    for (int day = 0; day < DAYS; day++) moments[day] = (17897 + day) * day_ns;
    for (size_t k = 0; k < count * DAYS; k++)
        values[k] = 10 + 0.25 * (double)(k * k % 13);
    *aligned = (struct aligned_series){count, DAYS, moments, values};
    return 0;
}
