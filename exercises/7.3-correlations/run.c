// Runs 7.3 by hand: loads a column of every .h5 file of the data folder, correlates
// all ordered pairs, and prints the most correlated pair and how long both steps
// took.
//
// The bar looks for cells of r that no longer hold the mark they were filled with.

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run/clock.h"
#include "run/folder.h"
#include "run/options.h"
#include "run/progress.h"

// A NaN that no arithmetic makes.
static const uint64_t unwritten = 0x7ff8756e77726974;

// The result matrix as the bar sees it: bits that another thread may be writing.
struct cells {
    size_t count;
    size_t step; // one cell in so many is looked at
    const uint64_t *bits;
};

static size_t written_cells(const void *context)
{
    const struct cells *cells = context;
    size_t written = 0;
    for (size_t k = 0; k < cells->count; k += cells->step)
        written += __atomic_load_n(&cells->bits[k], __ATOMIC_RELAXED) != unwritten;
    return written * cells->step;
}

static double *matrix_create(size_t cell_count)
{
    double *r = malloc(cell_count * sizeof *r);
    for (size_t k = 0; r && k < cell_count; k++)
        memcpy(&r[k], &unwritten, sizeof *r);
    return r;
}

static int say_failure(const char *call, int status)
{
    fprintf(stderr, "%s returned %d: %s.\n", call, status, strerror(abs(status)));
    return EXIT_FAILURE;
}

static void print_pair(const struct folder *folder, const struct best_pair *best)
{
    if (isnan(best->r)) {
        puts("no pair has a correlation");
        return;
    }
    const char *a = path_name(folder->paths[best->a]);
    const char *b = path_name(folder->paths[best->b]);
    int suffix_length = (int)strlen(".h5");
    printf("most correlated: %.*s and %.*s, r = %.12f\n",
           (int)strlen(a) - suffix_length, a, (int)strlen(b) - suffix_length, b,
           best->r);
}

static int correlate(const struct run_options *options, int workers,
                     const struct folder *folder,
                     const struct aligned_series *series)
{
    size_t n = series->series_count;
    double *r = matrix_create(n * n);
    if (!r) return say_failure("malloc", -ENOMEM);
    struct cells cells = {n * n, n * n / 4096 + 1,
                          (const uint64_t *)(const void *)r};
    struct best_pair best = {0};
    struct progress progress;
    progress_start(&progress, "ordered pairs", n * n, written_cells, &cells);
    double begin = clock_seconds();
    int status = correlate_pairs(options->kind, workers, series, r, &best);
    double seconds = clock_seconds() - begin;
    progress_stop(&progress);
    free(r);
    if (status) return say_failure("correlate_pairs", status);
    if (best.a >= n || best.b >= n) {
        fprintf(stderr, "correlate_pairs chose series %zu and %zu of %zu.\n", best.a,
                best.b, n);
        return EXIT_FAILURE;
    }
    printf("correlated %zu ordered pairs in %.3f s (%s, workers: %d)\n", n * (n - 1),
           seconds, options->executor_name, workers);
    print_pair(folder, &best);
    return EXIT_SUCCESS;
}

// Reading the files one by one tells what a status cannot: which one, and why.
static void explain_load_failure(const struct run_options *options,
                                 const struct folder *folder)
{
    int status = 0;
    for (size_t k = 0; k < folder->count && !status; k++) {
        struct stock_series series = {0};
        struct stock_error error = {""};
        status = stock_series_read_hdf5(folder->paths[k], options->column, &series,
                                        &error);
        if (status) fprintf(stderr, "%s\n", error.text);
        stock_series_close(&series);
    }
}

static int load_and_correlate(const struct run_options *options,
                              const struct folder *folder)
{
    int workers = options->workers ? options->workers : executor_cpu_count();
    struct aligned_series series = {0};
    double begin = clock_seconds();
    int status =
        load_series(options->kind, workers, (const char *const *)folder->paths,
                    folder->count, options->column, &series);
    double seconds = clock_seconds() - begin;
    if (status) {
        explain_load_failure(options, folder);
        return say_failure("load_series", status);
    }
    printf(
        "loaded %zu series of %zu moments, column %s, in %.3f s (%s, workers: %d)\n",
        series.series_count, series.length, options->column, seconds,
        options->executor_name, workers);
    int exit_status = correlate(options, workers, folder, &series);
    aligned_series_close(&series);
    return exit_status;
}

int main(int argc, char *argv[])
{
    struct run_options options;
    if (!run_options_parse(&options, argc, argv)) return 2;
    struct folder folder;
    int status = folder_open(&folder, options.data_folder, ".h5");
    if (status || folder.count == 0) {
        fprintf(stderr, "No .h5 files in %s: run `make run-7.2` first.\n",
                options.data_folder);
        folder_close(&folder);
        return 2;
    }
    int exit_status = load_and_correlate(&options, &folder);
    folder_close(&folder);
    return exit_status;
}
