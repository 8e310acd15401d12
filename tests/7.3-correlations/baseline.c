// The correlations of all ordered pairs of series, one pair after the other.
//
// Every pair asks the same question of the same numbers, which nobody changes: no
// pair has to wait for another. Reading the files comes first, in a function of its
// own, because reading and computing do not gain from the same kind of worker.

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static void close_all(struct stock_series series[], size_t count)
{
    for (size_t k = 0; k < count; k++) stock_series_close(&series[k]);
    free(series);
}

int load_series(enum executor_kind kind, int workers, const char *const h5_paths[],
                size_t count, const char *column, struct aligned_series *aligned)
{
    *aligned = (struct aligned_series){0};
    struct stock_series *series = calloc(count + 1, sizeof *series);
    if (!series) return -ENOMEM;
    int status = 0;
    for (size_t k = 0; k < count && !status; k++)
        status = stock_series_read_hdf5(h5_paths[k], column, &series[k], NULL);
    if (!status) status = aligned_series_init(aligned, series, count);
    close_all(series, count);
    return status;
}

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

// Pearson's correlation of x and y, NaN where one of them is constant.
static double correlation(const double x[], const double y[], size_t length)
{
    if (is_constant(x, length) || is_constant(y, length)) return NAN;
    if (x == y) return 1;
    double mean_x = mean(x, length), mean_y = mean(y, length);
    double xx = 0, xy = 0, yy = 0;
    for (size_t k = 0; k < length; k++) {
        double dx = x[k] - mean_x, dy = y[k] - mean_y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    // Two roots: the product of the sums would leave the range of a double sooner.
    double r = xy / (sqrt(xx) * sqrt(yy));
    // Rounding may go past the ends by the last digit.
    return r > 1 ? 1 : r < -1 ? -1 : r;
}

// Row i of r: series i with every series.
static void correlate_row(const struct aligned_series *series, size_t i,
                          double row[])
{
    size_t length = series->length;
    for (size_t j = 0; j < series->series_count; j++)
        row[j] = correlation(series->values + i * length,
                             series->values + j * length, length);
}

static struct best_pair best_of(const double r[], size_t n)
{
    struct best_pair best = {.r = NAN};
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            double candidate = r[a * n + b];
            if (candidate > best.r || (isnan(best.r) && !isnan(candidate)))
                best = (struct best_pair){a, b, candidate};
        }
    }
    return best;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    size_t n = series->series_count;
    for (size_t i = 0; i < n; i++) correlate_row(series, i, r + i * n);
    *best = best_of(r, n);
    return 0;
}
