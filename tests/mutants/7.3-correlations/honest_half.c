// Honest: only pairs i <= j are computed, the other half is mirrored.
// caught by: nothing
// with: speed
// points: 40

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

// What a task has to know. The pointers are good in a process worker too: it has a
// copy of the memory as it was when the executor was created, at the same addresses.
struct source {
    const char *path;
    const char *column;
};

static int load_task(const void *args, void *result)
{
    const struct source *source = args;
    struct stock_series series = {0};
    int status = stock_series_read_hdf5(source->path, source->column, &series, NULL);
    if (status) return status;
    size_t size_bytes = 0;
    void *bytes = stock_series_pack(&series, &size_bytes);
    status = bytes ? task_set_result(bytes, size_bytes) : -errno;
    free(bytes);
    stock_series_close(&series);
    return status;
}

// A worker's series is somewhere in the worker's memory: only bytes travel, and how
// many there are is known only when they are there.
static int collect_series(struct future *future, struct stock_series *series)
{
    int status = future_result(future, NULL, -1);
    if (status == -ECHILD) {
        struct task_error error;
        future_error(future, &error, 0);
        return error.number;
    }
    if (status) return status;
    size_t size_bytes = future_result_size(future);
    void *bytes = malloc(size_bytes);
    if (!bytes) return -ENOMEM;
    status = future_result(future, bytes, 0);
    if (!status) status = stock_series_unpack(bytes, size_bytes, series);
    free(bytes);
    return status;
}

static int collect_all(struct future *const futures[], size_t count,
                       struct stock_series series[])
{
    for (size_t k = 0; k < count; k++) {
        int status = collect_series(futures[k], &series[k]);
        if (status) return status;
    }
    return 0;
}

static int submit_all(struct executor *executor, const char *const h5_paths[],
                      size_t count, const char *column, struct future *futures[])
{
    for (size_t k = 0; k < count; k++) {
        struct source source = {h5_paths[k], column};
        futures[k] = executor_submit(executor, load_task, &source, sizeof source, 0);
        if (!futures[k]) return -errno;
    }
    return 0;
}

static int read_all(enum executor_kind kind, int workers,
                    const char *const h5_paths[], size_t count, const char *column,
                    struct stock_series series[])
{
    struct future **futures = calloc(count + 1, sizeof *futures);
    if (!futures) return -ENOMEM;
    int status = 0;
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor) {
        status = -errno;
        goto out;
    }
    status = submit_all(executor, h5_paths, count, column, futures);
    if (!status) status = collect_all(futures, count, series);
out:
    if (executor) executor_shutdown(executor, true, status != 0);
    executor_destroy(executor);
    for (size_t k = 0; k < count; k++) future_free(futures[k]);
    free(futures);
    return status;
}

int load_series(enum executor_kind kind, int workers, const char *const h5_paths[],
                size_t count, const char *column, struct aligned_series *aligned)
{
    *aligned = (struct aligned_series){0};
    struct stock_series *series = calloc(count + 1, sizeof *series);
    if (!series) return -ENOMEM;
    int status = read_all(kind, workers, h5_paths, count, column, series);
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
    for (size_t j = i; j < series->series_count; j++)
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

// As in struct source, the pointer is good in a process worker.
struct row {
    const struct aligned_series *series;
    size_t i;
};

static int row_task(const void *args, void *result)
{
    const struct row *row = args;
    correlate_row(row->series, row->i, result);
    return 0;
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    size_t n = series->series_count;
    struct row *rows = calloc(n + 1, sizeof *rows);
    if (!rows) return -ENOMEM;
    for (size_t i = 0; i < n; i++) rows[i] = (struct row){series, i};
    int status = 0;
    // Created only now, with the series in memory: see executor_create.
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor) {
        status = -errno;
        goto out;
    }
    status = executor_map(executor, row_task, rows, sizeof *rows, r, n * sizeof *r,
                          n, NULL, NULL);
    for (size_t i = 0; i < n && !status; i++)
        for (size_t j = 0; j < i; j++) r[i * n + j] = r[j * n + i];
    if (!status) *best = best_of(r, n);
out:
    executor_destroy(executor);
    free(rows);
    return status;
}
