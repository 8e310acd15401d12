// Rounds are run whole; the first one, in which caches and pages are filled, is thrown away.

#include "pictures/compare/study.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void compare_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_FAILURE);
}

enum executor_kind kind_of_way(enum way way)
{
    return way == WAY_PROCESSES ? EXECUTOR_PROCESSES : EXECUTOR_THREADS;
}

const char *name_of_way(enum way way)
{
    static const char *const names[] = {"sequential", "threads", "processes"};
    return names[way];
}

size_t worker_counts(int most, int workers[MOST_COUNTS])
{
    size_t count = 0;
    for (int k = 1; k < most && count < MOST_COUNTS - 1; k *= 2)
        workers[count++] = k;
    workers[count++] = most;
    return count;
}

static void list_subjects(struct study *study, int most_workers)
{
    study->worker_counts = worker_counts(most_workers, study->workers);
    study->subject[0] = (struct subject){WAY_SEQUENTIAL, 1};
    study->count = 1;
    for (enum way way = WAY_THREADS; way <= WAY_PROCESSES; way++)
        for (size_t k = 0; k < study->worker_counts; k++)
            study->subject[study->count++] =
                (struct subject){way, study->workers[k]};
}

static void run_round(struct study *study, size_t round)
{
    for (size_t k = 0; k < study->worker_counts; k++)
        study->limits[round][k] = study->attainable(study->workers[k]);
    for (size_t k = 0; k < study->count; k++)
        study->seconds[round][k] = study->run(&study->subject[k], study->context);
    // What disturbs the limit can only make it lower.
    for (size_t k = 0; k < study->worker_counts; k++)
        study->limits[round][k] =
            fmax(study->limits[round][k], study->attainable(study->workers[k]));
}

void study_run(struct study *study, size_t rounds, int most_workers)
{
    if (rounds < 1 || rounds > MOST_ROUNDS)
        compare_die("ROUNDS is a number from 1 to %d.", MOST_ROUNDS);
    study->rounds = rounds;
    study->seconds = calloc(rounds, sizeof *study->seconds);
    study->limits = calloc(rounds, sizeof *study->limits);
    if (!study->seconds || !study->limits) compare_die("No memory for the rounds.");
    list_subjects(study, most_workers);
    run_round(study, 0);
    for (size_t round = 0; round < rounds; round++) run_round(study, round);
}

void study_close(struct study *study)
{
    free(study->seconds);
    free(study->limits);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The value below which a part of the sorted values lies.
static double quantile(const double sorted[], size_t count, double part)
{
    double place = part * (double)(count - 1);
    size_t below = (size_t)place;
    if (below + 1 >= count) return sorted[count - 1];
    return sorted[below] +
           (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

struct spread spread_of(const double values[], size_t count)
{
    double sorted[MOST_ROUNDS];
    if (count == 0 || count > MOST_ROUNDS) compare_die("%zu rounds?", count);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_numbers);
    return (struct spread){quantile(sorted, count, 0.25),
                           quantile(sorted, count, 0.5),
                           quantile(sorted, count, 0.75)};
}

struct spread study_seconds(const struct study *study, size_t subject)
{
    double values[MOST_ROUNDS];
    for (size_t k = 0; k < study->rounds; k++)
        values[k] = study->seconds[k][subject];
    return spread_of(values, study->rounds);
}

static size_t number_of(const struct study *study, int workers)
{
    size_t k = 0;
    while (k + 1 < study->worker_counts && study->workers[k] != workers) k++;
    return k;
}

struct spread study_speedup(const struct study *study, size_t subject)
{
    double values[MOST_ROUNDS];
    for (size_t k = 0; k < study->rounds; k++)
        values[k] = study->seconds[k][0] / study->seconds[k][subject];
    return spread_of(values, study->rounds);
}

struct spread study_limit(const struct study *study, int workers)
{
    double values[MOST_ROUNDS];
    for (size_t k = 0; k < study->rounds; k++)
        values[k] = study->limits[k][number_of(study, workers)];
    return spread_of(values, study->rounds);
}

struct spread study_part(const struct study *study, size_t subject)
{
    double values[MOST_ROUNDS];
    size_t number = number_of(study, study->subject[subject].workers);
    for (size_t k = 0; k < study->rounds; k++)
        values[k] = study->seconds[k][0] / study->seconds[k][subject] /
                    study->limits[k][number];
    return spread_of(values, study->rounds);
}
