// Each worker gets one task and holds it until all have one, so every worker has to be there.
// The tasks meet in memory that forked workers share.

#include "pictures/compare/7.3-correlations/pools.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include "pictures/compare/7.3-correlations/memory.h"
#include "run/clock.h"

struct meeting {
    atomic_int begun;
    atomic_int read;
    atomic_bool go_on;
};

static struct meeting *meeting;
static const struct aligned_series *shared; // set before the pools are created

struct cost {
    double start_ms[MOST_ROUNDS];
    double memory_kib[MOST_ROUNDS];
};

static void wait_a_moment(void)
{
    struct timespec moment = {0, 200000};
    nanosleep(&moment, NULL);
}

static int hold(const void *args, void *result)
{
    atomic_fetch_add(&meeting->begun, 1);
    double sum = 0;
    size_t count = shared->series_count * shared->length;
    for (size_t k = 0; k < count; k++) sum += shared->values[k];
    *(double *)result = sum;
    atomic_fetch_add(&meeting->read, 1);
    while (!atomic_load(&meeting->go_on)) wait_a_moment();
    return 0;
}

static void submit_to_all(struct executor *executor, int workers)
{
    for (int k = 0; k < workers; k++) {
        struct future *future =
            executor_submit(executor, hold, NULL, 0, sizeof(double));
        if (!future) compare_die("executor_submit: %s", strerror(errno));
        future_free(future);
    }
}

static void measure(enum executor_kind kind, int workers, struct cost *cost,
                    size_t round)
{
    *meeting = (struct meeting){0};
    long before_kib = memory_of_all_kib();
    double begin = clock_seconds();
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor)
        compare_die("No executor of %d workers: %s", workers, strerror(errno));
    submit_to_all(executor, workers);
    while (atomic_load(&meeting->begun) < workers) wait_a_moment();
    cost->start_ms[round] = 1e3 * (clock_seconds() - begin);
    while (atomic_load(&meeting->read) < workers) wait_a_moment();
    cost->memory_kib[round] = (double)(memory_of_all_kib() - before_kib);
    atomic_store(&meeting->go_on, true);
    executor_destroy(executor);
}

static void print_pool(struct report *report, const struct subject *subject,
                       const struct cost *cost, size_t rounds)
{
    struct spread start = spread_of(cost->start_ms, rounds);
    struct spread memory = spread_of(cost->memory_kib, rounds);
    char quartiles[2][40];
    snprintf(quartiles[0], sizeof quartiles[0], "(%.2f - %.2f)", start.lower,
             start.upper);
    snprintf(quartiles[1], sizeof quartiles[1], "(%.0f - %.0f)", memory.lower,
             memory.upper);
    const char *way = name_of_way(subject->way);
    printf("%-11s %7d %10.2f %-18s %10.0f %-18s\n", way, subject->workers,
           start.median, quartiles[0], memory.median, quartiles[1]);
    report_add(report, "pools",
               json_pack("{s:s, s:i, s:o, s:o}", "way", way, "workers",
                         subject->workers, "start_seconds",
                         report_spread(start, 1e-3), "memory_kib",
                         report_spread(memory, 1)));
}

void pools_compare(struct report *report, const struct aligned_series *series,
                   size_t rounds, int most_workers)
{
    int workers[MOST_COUNTS];
    size_t counts = worker_counts(most_workers, workers);
    struct cost(*costs)[MOST_COUNTS] = calloc(2, sizeof *costs);
    meeting = mmap(NULL, sizeof *meeting, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!costs || meeting == MAP_FAILED) compare_die("No memory for the pools.");
    shared = series;
    for (size_t round = 0; round < rounds; round++)
        for (int k = 0; k < 2 * (int)counts; k++)
            measure(kind_of_way(k % 2 ? WAY_PROCESSES : WAY_THREADS), workers[k / 2],
                    &costs[k % 2][k / 2], round);
    printf("\nWhat a pool costs, all of whose workers have read the %.1f MiB of "
           "series\n\n",
           (double)(series->series_count * series->length * sizeof(double)) /
               1048576);
    printf("%-11s %7s %10s %-18s %10s\n", "", "", "start", "", "memory");
    printf("%-11s %7s %10s %-18s %10s\n", "way", "workers", "ms", "", "KiB more");
    for (int k = 0; k < 2; k++)
        for (size_t j = 0; j < counts; j++)
            print_pool(
                report,
                &(struct subject){k ? WAY_PROCESSES : WAY_THREADS, workers[j]},
                &costs[k][j], rounds);
    free(costs);
    munmap(meeting, sizeof *meeting);
}
