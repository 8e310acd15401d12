// A task is a stretch of the matrix, so one body serves every grain: from `first` on, `count`
// pairs in the order of the rows.

#include "pictures/compare/7.3-correlations/grain.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "pictures/compare/limit.h"
#include "run/clock.h"

enum { MOST_SERIES = 100, MOST_GRAINS = 12, POOLS = 3 };

static const enum executor_kind kinds[POOLS] = {EXECUTOR_THREADS, EXECUTOR_PROCESSES,
                                                EXECUTOR_TEXTBOOK};
static const char *const pool_names[POOLS] = {"threads", "processes", "textbook"};

// Set before the pools are created, so that process workers have it.
static struct aligned_series matrix;

struct stretch {
    size_t first;
    size_t count;
};

struct grain {
    const char *name; // "" between those that have one
    size_t pairs;
    double seconds[POOLS][MOST_ROUNDS];
    double part[POOLS][MOST_ROUNDS]; // of what the machine gives
};

struct grains {
    size_t count;
    struct grain grain[MOST_GRAINS];
    double sequential[MOST_ROUNDS]; // seconds
    double *results;
    struct stretch *stretches;
};

static double correlation(const double x[], const double y[], size_t length)
{
    double sum_x = 0, sum_y = 0, xx = 0, xy = 0, yy = 0;
    for (size_t k = 0; k < length; k++) {
        sum_x += x[k];
        sum_y += y[k];
    }
    double mean_x = sum_x / (double)length, mean_y = sum_y / (double)length;
    for (size_t k = 0; k < length; k++) {
        double dx = x[k] - mean_x, dy = y[k] - mean_y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    return xy / (sqrt(xx) * sqrt(yy));
}

static int correlate_stretch(const void *args, void *result)
{
    const struct stretch *stretch = args;
    double *r = result;
    for (size_t k = 0; k < stretch->count; k++) {
        size_t pair = stretch->first + k;
        const double *x = matrix.values + pair / matrix.series_count * matrix.length;
        const double *y = matrix.values + pair % matrix.series_count * matrix.length;
        r[k] = correlation(x, y, matrix.length);
    }
    return 0;
}

static void add_grain(struct grains *grains, const char *name, size_t pairs)
{
    struct grain *last = grains->count ? &grains->grain[grains->count - 1] : NULL;
    if (last && pairs <= last->pairs) return;
    grains->grain[grains->count++] = (struct grain){.name = name, .pairs = pairs};
}

static void list_grains(struct grains *grains, size_t n, size_t workers)
{
    size_t block = n >= 4 * workers ? n / (4 * workers) : 1; // four a worker
    add_grain(grains, "one pair", 1);
    add_grain(grains, "", n / 20);
    add_grain(grains, "", n / 4);
    add_grain(grains, "one row", n);
    add_grain(grains, "", n * 3);
    add_grain(grains, "block of rows", n * block);
    add_grain(grains, "", n * n / (workers + 1) + 1);
}

static double run(struct grains *grains, struct executor *executor, size_t pairs)
{
    size_t all = matrix.series_count * matrix.series_count;
    size_t tasks = (all + pairs - 1) / pairs;
    for (size_t k = 0; k < tasks; k++) {
        size_t left = all - k * pairs;
        grains->stretches[k] =
            (struct stretch){k * pairs, left < pairs ? left : pairs};
    }
    double begin = clock_seconds();
    int status = executor_map(executor, correlate_stretch, grains->stretches,
                              sizeof *grains->stretches, grains->results,
                              pairs * sizeof *grains->results, tasks, NULL, NULL);
    if (status) compare_die("executor_map: %s", strerror(-status));
    return clock_seconds() - begin;
}

static double run_sequential(struct grains *grains)
{
    struct stretch all = {0, matrix.series_count * matrix.series_count};
    double begin = clock_seconds();
    correlate_stretch(&all, grains->results);
    return clock_seconds() - begin;
}

// Here and now; what disturbs it can only make it lower, so the greater of two counts.
static double machine_gives(int workers)
{
    limit_of_computing(1);
    return limit_of_computing(workers);
}

static void run_round(struct grains *grains, size_t round, int workers)
{
    double machine = machine_gives(workers);
    double before = run_sequential(grains);
    for (int pool = 0; pool < POOLS; pool++) {
        struct executor *executor =
            executor_create(kinds[pool], &(struct pool_options){.workers = workers});
        if (!executor) compare_die("No executor: %s", strerror(errno));
        run(grains, executor, matrix.series_count); // starts the workers
        for (size_t k = 0; k < grains->count; k++) {
            struct grain *grain = &grains->grain[k];
            grain->seconds[pool][round] = run(grains, executor, grain->pairs);
        }
        executor_destroy(executor);
    }
    // The machine's speed drifts: what is measured around the pools is like them.
    grains->sequential[round] = (before + run_sequential(grains)) / 2;
    machine = fmax(machine, machine_gives(workers));
    for (size_t k = 0; k < grains->count; k++)
        for (int pool = 0; pool < POOLS; pool++)
            grains->grain[k].part[pool][round] =
                grains->sequential[round] / grains->grain[k].seconds[pool][round] /
                machine;
}

static void print_grain(const struct grain *grain, double pair_us, size_t rounds)
{
    printf("%-14s %7zu %12.0f", grain->name, grain->pairs,
           pair_us * (double)grain->pairs);
    for (int pool = 0; pool < POOLS; pool++) {
        struct spread part = spread_of(grain->part[pool], rounds);
        printf(" %5.0f (%3.0f - %3.0f)", 100 * part.median, 100 * part.lower,
               100 * part.upper);
    }
    puts("");
}

static void add_to_report(struct report *report, const struct grain *grain,
                          double pair_us, size_t rounds)
{
    for (int pool = 0; pool < POOLS; pool++)
        report_add(
            report, "grain",
            json_pack("{s:s, s:s, s:I, s:f, s:o, s:o}", "executor", pool_names[pool],
                      "name", grain->name, "pairs", (json_int_t)grain->pairs,
                      "task_us", pair_us * (double)grain->pairs, "seconds",
                      report_spread(spread_of(grain->seconds[pool], rounds), 1),
                      "part_of_attainable",
                      report_spread(spread_of(grain->part[pool], rounds), 1)));
}

static void report_grains(struct report *report, const struct grains *grains,
                          size_t rounds, int workers)
{
    double pairs = (double)(matrix.series_count * matrix.series_count);
    double pair_us = 1e6 * spread_of(grains->sequential, rounds).median / pairs;
    FILE *file = report_file(report, "grain", "dat");
    printf("\nHow large should a task be? %zu series of %zu values, workers: %d; "
           "part of "
           "what\nthis machine gives in %% (quartiles), start of the pools left "
           "out\n\n",
           matrix.series_count, matrix.length, workers);
    printf("%-14s %7s %12s %-17s %-17s %-17s\n", "a task is", "pairs", "it takes us",
           "    threads", "    processes", "    textbook pool");
    for (size_t k = 0; k < grains->count; k++) {
        const struct grain *grain = &grains->grain[k];
        print_grain(grain, pair_us, rounds);
        add_to_report(report, grain, pair_us, rounds);
        fprintf(file, "%.6g \"%s\"", pair_us * (double)grain->pairs, grain->name);
        for (int pool = 0; pool < POOLS; pool++) {
            struct spread part = spread_of(grain->part[pool], rounds);
            fprintf(file, " %.2f %.2f %.2f", 100 * part.median, 100 * part.lower,
                    100 * part.upper);
        }
        fputc('\n', file);
    }
    fclose(file);
}

void grain_compare(struct report *report, const struct aligned_series *series,
                   size_t rounds)
{
    int workers = executor_cpu_count();
    struct grains *grains = calloc(1, sizeof *grains);
    matrix = *series;
    if (matrix.series_count > MOST_SERIES) matrix.series_count = MOST_SERIES;
    size_t all = matrix.series_count * matrix.series_count;
    if (!grains) compare_die("No memory for the grains.");
    list_grains(grains, matrix.series_count, (size_t)workers);
    grains->results = calloc(2 * all, sizeof *grains->results); // whole tasks
    grains->stretches = calloc(all, sizeof *grains->stretches);
    if (!grains->results || !grains->stretches)
        compare_die("No memory for the grains.");
    for (size_t round = 0; round < rounds; round++)
        run_round(grains, round, workers);
    report_grains(report, grains, rounds, workers);
    free(grains->results);
    free(grains->stretches);
    free(grains);
}
