// All answers are compared with the first one: nobody wins by being wrong.

#include "subjects.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench/bench.h"

typedef int correlate_fn(enum executor_kind kind, int workers,
                         const struct aligned_series *series, double r[],
                         struct best_pair *best);

correlate_fn stub_correlate_pairs, step_5_lanes_8;

static double random_unit(void)
{
    return drand48() - 0.5;
}

static void write_values(const struct stock_matrix *matrix, const char *folder)
{
    const struct aligned_series *series = &matrix->series;
    size_t count = series->series_count * series->length;
    FILE *file = fopen(matrix->path, "wb");
    if (!file || fwrite(series->values, sizeof(double), count, file) != count ||
        fclose(file) != 0)
        bench_die("%s: %s", matrix->path, strerror(errno));
}

void matrix_open(struct stock_matrix *matrix, size_t n, size_t length,
                 const char *folder)
{
    double *values = malloc(n * length * sizeof *values);
    *matrix = (struct stock_matrix){.series = {n, length, NULL, values}};
    matrix->r = malloc(n * n * sizeof *matrix->r);
    if (!values || !matrix->r) bench_die("out of memory");
    memset(matrix->r, 0, n * n * sizeof *matrix->r);
    srand48(7);
    for (size_t i = 0; i < n; i++) values[i * length] = 100;
    for (size_t k = 1; k < length; k++) {
        double market = random_unit();
        for (size_t i = 0; i < n; i++)
            values[i * length + k] =
                values[i * length + k - 1] + market + random_unit();
    }
    snprintf(matrix->name, sizeof matrix->name, "%zux%zu", n, length);
    snprintf(matrix->path, sizeof matrix->path, "%s/%s.bin", folder, matrix->name);
    write_values(matrix, folder);
}

void matrix_close(struct stock_matrix *matrix)
{
    unlink(matrix->path);
    free(matrix->r);
    aligned_series_close(&matrix->series);
}

double matrix_flops(const struct stock_matrix *matrix)
{
    double n = (double)matrix->series.series_count;
    return n * (n + 1) / 2 * 2 * (double)matrix->series.length;
}

// A sample of the cells, computed anew.
static void check(const struct stock_matrix *matrix, const struct best_pair *best)
{
    const struct aligned_series *series = &matrix->series;
    size_t n = series->series_count, length = series->length;
    if (best->a >= best->b || best->b >= n ||
        best->r != matrix->r[best->a * n + best->b])
        bench_die("%s: no best pair", matrix->name);
    for (size_t k = 0; k < 20; k++) {
        size_t i = k * 7919 % n, j = (k * 104729 + 1) % n;
        double *two = malloc(2 * length * sizeof *two), r[4];
        struct best_pair pair;
        if (!two) bench_die("out of memory");
        memcpy(two, series->values + i * length, length * sizeof *two);
        memcpy(two + length, series->values + j * length, length * sizeof *two);
        stub_correlate_pairs(EXECUTOR_THREADS, 1,
                             &(struct aligned_series){2, length, NULL, two}, r,
                             &pair);
        free(two);
        if (!(fabs(r[1] - matrix->r[i * n + j]) <= 1e-9 &&
              matrix->r[i * n + j] <= best->r + (i == j)))
            bench_die("%s: r[%zu][%zu] is wrong", matrix->name, i, j);
    }
}

static double run(struct stock_matrix *matrix, correlate_fn *correlate,
                  enum executor_kind kind, int workers)
{
    struct best_pair best;
    double begin = bench_now_s();
    int status = correlate(kind, workers, &matrix->series, matrix->r, &best);
    double seconds = bench_now_s() - begin;
    if (status) bench_die("%s: %s", matrix->name, strerror(-status));
    check(matrix, &best);
    return seconds;
}

double correlate_sequential(struct stock_matrix *matrix)
{
    return run(matrix, stub_correlate_pairs, EXECUTOR_THREADS, 1);
}

double correlate_reference(struct stock_matrix *matrix, enum executor_kind kind)
{
    return run(matrix, correlate_pairs, kind, BENCH_WORKERS);
}

double correlate_ladder(struct stock_matrix *matrix, enum executor_kind kind,
                        int workers)
{
    return run(matrix, step_5_lanes_8, kind, workers);
}

double correlate_two_at_once(struct stock_matrix *matrix)
{
    pid_t children[2];
    struct best_pair best;
    double begin = bench_now_s();
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] < 0) bench_die("fork: %s", strerror(errno));
        if (children[i] > 0) continue;
        stub_correlate_pairs(EXECUTOR_THREADS, 1, &matrix->series, matrix->r, &best);
        _exit(0);
    }
    for (int i = 0; i < 2; i++) {
        int status;
        if (waitpid(children[i], &status, 0) < 0 || status != 0)
            bench_die("a child failed");
    }
    return bench_now_s() - begin;
}
