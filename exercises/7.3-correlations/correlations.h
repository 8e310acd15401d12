#ifndef CORRELATIONS_H
#define CORRELATIONS_H

// The correlations of all ordered pairs of series, and the greatest: what 7.3 computes.

#include <stddef.h>
#include "futures/futures.h"
#include "stocks/stock_series.h"

// The most correlated pair: a < b, and no two series have a greater r. Where no pair has a
// correlation: a = b = 0 and r NaN.
struct best_pair {
    size_t a;
    size_t b;
    double r;
};

// Reads `column` of every file h5_paths[0 .. count-1] and aligns them by timestamp. Files are
// read on an executor of the given kind and number of workers, created and destroyed in here.
// The caller owns what aligned then holds (aligned_series_close). 0, or the negative errno of
// the first file, in the order of the paths, that could not be read; aligned is then empty.
int load_series(enum executor_kind kind, int workers, const char *const h5_paths[],
                size_t count, const char *column, struct aligned_series *aligned);

// Pearson's correlation of every ordered pair (i, j), n = series->series_count of them a side:
// r[i * n + j], the caller's n * n numbers, in [-1, 1]. The diagonal is 1. A constant series
// (least value = greatest value), or one of fewer than two values, has NaN with every series,
// itself included, and takes no part in best. The values of series are finite; they are
// borrowed for the call. The rows are computed at the same time on an executor of the given
// kind and number of workers, created and destroyed in here; r holds the same bytes whatever
// kind and workers are. The mean is taken out first, then products are summed (two passes):
// sums of squares minus squares of sums lose every digit on series far from zero.
// 0, or a negative errno (r and best are then not to be used).
// Source: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983.
int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best);

#endif
