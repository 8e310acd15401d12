// Each worker gets one task and holds it until all have one, so every worker has to be there.
// The tasks meet in memory that forked workers share.

#include "pictures/compare/7.3-correlations/pools.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "pictures/compare/7.3-correlations/memory.h"
#include "run/clock.h"

struct meeting {
    int workers;
    atomic_int begun;
    _Atomic double last_begin; // clock_seconds
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
    atomic_store(&meeting->last_begin, clock_seconds());
    atomic_fetch_add(&meeting->begun, 1);
    while (atomic_load(&meeting->begun) < meeting->workers) wait_a_moment();
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

void pool_measure(enum way way, int workers, const struct aligned_series *series)
{
    meeting = mmap(NULL, sizeof *meeting, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (meeting == MAP_FAILED) compare_die("No memory for a pool.");
    meeting->workers = workers;
    shared = series;
    long before_kib = memory_of_all_kib();
    double begin = clock_seconds();
    struct executor *executor = executor_create(
        kind_of_way(way), &(struct pool_options){.workers = workers});
    if (!executor)
        compare_die("No executor of %d workers: %s", workers, strerror(errno));
    submit_to_all(executor, workers);
    while (atomic_load(&meeting->read) < workers) wait_a_moment();
    printf("%.6f %ld\n", 1e3 * (atomic_load(&meeting->last_begin) - begin),
           memory_of_all_kib() - before_kib);
    atomic_store(&meeting->go_on, true);
    executor_destroy(executor);
}

static void measure(enum way way, int workers, const char *stocks, double *start_ms,
                    double *memory_kib)
{
    int ends[2];
    char way_text[16], workers_text[16];
    snprintf(way_text, sizeof way_text, "%d", (int)way);
    snprintf(workers_text, sizeof workers_text, "%d", workers);
    if (pipe(ends)) compare_die("pipe: %s", strerror(errno));
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/proc/self/exe", "compare", "pool", way_text, workers_text, stocks,
              (char *)NULL);
        _exit(EXIT_FAILURE);
    }
    close(ends[1]);
    FILE *answer = fdopen(ends[0], "r");
    if (child < 0 || !answer || fscanf(answer, "%lf %lf", start_ms, memory_kib) != 2)
        compare_die("A pool of %d %s could not be measured.", workers,
                    name_of_way(way));
    fclose(answer);
    waitpid(child, NULL, 0);
}

static void print_pool(struct report *report, enum way way, int workers,
                       const struct cost *cost, size_t rounds)
{
    struct spread start = spread_of(cost->start_ms, rounds);
    struct spread memory = spread_of(cost->memory_kib, rounds);
    char quartiles[2][40];
    snprintf(quartiles[0], sizeof quartiles[0], "(%.2f - %.2f)", start.lower,
             start.upper);
    snprintf(quartiles[1], sizeof quartiles[1], "(%.0f - %.0f)", memory.lower,
             memory.upper);
    printf("%-11s %7d %10.2f %-18s %10.0f %-18s\n", name_of_way(way), workers,
           start.median, quartiles[0], memory.median, quartiles[1]);
    report_add(report, "pools",
               json_pack("{s:s, s:i, s:o, s:o}", "way", name_of_way(way), "workers",
                         workers, "start_seconds", report_spread(start, 1e-3),
                         "memory_kib", report_spread(memory, 1)));
}

void pools_compare(struct report *report, const char *stocks, size_t rounds,
                   int most_workers)
{
    int workers[MOST_COUNTS];
    size_t counts = worker_counts(most_workers, workers);
    struct cost(*costs)[MOST_COUNTS] = calloc(WAY_PROCESSES + 1, sizeof *costs);
    if (!costs) compare_die("No memory for the pools.");
    for (size_t round = 0; round < rounds; round++)
        for (size_t k = 0; k < counts; k++)
            for (enum way way = WAY_THREADS; way <= WAY_PROCESSES; way++)
                measure(way, workers[k], stocks, &costs[way][k].start_ms[round],
                        &costs[way][k].memory_kib[round]);
    printf("\nWhat a pool costs: until all workers run a task, and when all of them "
           "have "
           "read the\nseries. Memory that several share is counted once (PSS).\n\n");
    printf("%-11s %7s %10s %-18s %10s\n", "", "", "start", "", "memory");
    printf("%-11s %7s %10s %-18s %10s\n", "way", "workers", "ms", "", "KiB more");
    for (enum way way = WAY_THREADS; way <= WAY_PROCESSES; way++)
        for (size_t k = 0; k < counts; k++)
            print_pool(report, way, workers[k], &costs[way][k], rounds);
    free(costs);
}
