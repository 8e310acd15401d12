// How much faster is 7.3 on threads and on processes, what do pools cost, and how large should
// a task be?
//     compare FOLDER ROUNDS STOCKS     STOCKS: a folder of NAME.json; NAME.h5 are made

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "correlations.h"
#include "pictures/compare/7.3-correlations/grain.h"
#include "pictures/compare/7.3-correlations/pools.h"
#include "pictures/compare/limit.h"
#include "pictures/compare/report.h"
#include "run/clock.h"
#include "run/folder.h"
#include "stocks/stock_table.h"

int sequential_load_series(enum executor_kind kind, int workers,
                           const char *const h5_paths[], size_t count,
                           const char *column, struct aligned_series *aligned);
int sequential_correlate_pairs(enum executor_kind kind, int workers,
                               const struct aligned_series *series, double r[],
                               struct best_pair *best);

struct work {
    struct folder files;
    struct aligned_series series;
    double *r;
    double *expected; // r of the sequential code
};

static void convert(const char *json_path)
{
    char path[4096];
    struct stock_error error = {""};
    snprintf(path, sizeof path, "%.*s.h5",
             (int)(strlen(json_path) - strlen(".json")), json_path);
    struct stock_table *table = stock_table_read_json(json_path, &error);
    if (!table || stock_table_write_hdf5(table, path, NULL, &error))
        compare_die("%s", error.text);
    stock_table_destroy(table);
}

static void convert_all(const char *stocks)
{
    struct folder files;
    if (folder_open(&files, stocks, ".json") || files.count == 0)
        compare_die("No .json files in %s.", stocks);
    for (size_t k = 0; k < files.count; k++) convert(files.paths[k]);
    folder_close(&files);
}

static double run_load(const struct subject *subject, void *context)
{
    struct work *work = context;
    const char *const *paths = (const char *const *)work->files.paths;
    struct aligned_series series = {0};
    double begin = clock_seconds();
    int status = subject->way == WAY_SEQUENTIAL
                     ? sequential_load_series(EXECUTOR_THREADS, 1, paths,
                                              work->files.count, "close", &series)
                     : load_series(kind_of_way(subject->way), subject->workers,
                                   paths, work->files.count, "close", &series);
    double seconds = clock_seconds() - begin;
    if (status)
        compare_die("load_series returned %d: %s.", status, strerror(-status));
    aligned_series_close(&series);
    return seconds;
}

static double run_correlate(const struct subject *subject, void *context)
{
    struct work *work = context;
    struct best_pair best;
    bool is_sequential = subject->way == WAY_SEQUENTIAL;
    size_t n = work->series.series_count;
    double *r = is_sequential ? work->expected : work->r;
    double begin = clock_seconds();
    int status = is_sequential
                     ? sequential_correlate_pairs(EXECUTOR_THREADS, 1, &work->series,
                                                  r, &best)
                     : correlate_pairs(kind_of_way(subject->way), subject->workers,
                                       &work->series, r, &best);
    double seconds = clock_seconds() - begin;
    if (status)
        compare_die("correlate_pairs returned %d: %s.", status, strerror(-status));
    for (size_t k = 0; k < n * n; k++)
        if (r[k] - work->expected[k] > 1e-9 || work->expected[k] - r[k] > 1e-9)
            compare_die("correlate_pairs' correlations are not right: "
                        "`make check EX=7.3`.");
    return seconds;
}

static void open_work(struct work *work, const char *stocks)
{
    *work = (struct work){.r = NULL};
    int status = folder_open(&work->files, stocks, ".h5");
    if (!status)
        status = sequential_load_series(EXECUTOR_THREADS, 1,
                                        (const char *const *)work->files.paths,
                                        work->files.count, "close", &work->series);
    if (status) compare_die("%s: %s", stocks, strerror(-status));
    size_t n = work->series.series_count;
    work->r = calloc(n * n, sizeof *work->r);
    work->expected = calloc(n * n, sizeof *work->expected);
    if (!work->r || !work->expected) compare_die("No memory for the correlations.");
}

static void close_work(struct work *work)
{
    aligned_series_close(&work->series);
    folder_close(&work->files);
    free(work->r);
    free(work->expected);
}

static void compare(struct report *report, struct work *work, size_t rounds,
                    int most)
{
    struct study load = {.exercise = "7.3",
                         .name = "load_series",
                         .run = run_load,
                         .attainable = limit_of_computing,
                         .context = work};
    struct study correlate = {.exercise = "7.3",
                              .name = "correlate_pairs",
                              .run = run_correlate,
                              .attainable = limit_of_computing,
                              .context = work};
    snprintf(load.what, sizeof load.what,
             "a column of %zu HDF5 files, %zu rows each", work->files.count,
             work->series.length);
    snprintf(correlate.what, sizeof correlate.what, "%zu series of %zu values",
             work->series.series_count, work->series.length);
    study_run(&load, rounds, most);
    report_study(report, &load);
    study_run(&correlate, rounds, most);
    report_study(report, &correlate);
    study_close(&load);
    study_close(&correlate);
}

int main(int argc, char *argv[])
{
    struct work work;
    if (argc == 5 && !strcmp(argv[1], "pool")) {
        open_work(&work, argv[4]);
        pool_measure((enum way)atoi(argv[2]), atoi(argv[3]), &work.series);
        close_work(&work);
        return EXIT_SUCCESS;
    }
    if (argc != 4) compare_die("compare FOLDER ROUNDS STOCKS");
    struct report report;
    size_t rounds = strtoul(argv[2], NULL, 10);
    int most = 2 * executor_cpu_count();
    convert_all(argv[3]);
    open_work(&work, argv[3]);
    report_open(&report, argv[1], "7.3");
    compare(&report, &work, rounds, most);
    grain_compare(&report, &work.series, rounds);
    pools_compare(&report, argv[3], rounds, most);
    report_close(&report);
    close_work(&work);
    return EXIT_SUCCESS;
}
