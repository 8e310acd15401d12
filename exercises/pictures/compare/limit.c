// All threads wait for the start, so that what is timed is their work and not their creation.

#include "pictures/compare/limit.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include "pictures/compare/study.h"
#include "run/clock.h"

enum { NUMBERS = 1024, REPEATS = 30000 };

struct team {
    pthread_barrier_t start;
    void (*work)(struct team *);
    atomic_int calls_left;
    int delay_ms;
};

static void compute(struct team *team)
{
    volatile double keep; // the compiler has to compute what it stores here
    double x[NUMBERS], sums[4] = {0};
    for (int k = 0; k < NUMBERS; k++) x[k] = k * 1e-3;
    for (int repeat = 0; repeat < REPEATS; repeat++)
        for (int k = 0; k < NUMBERS; k += 4)
            for (int lane = 0; lane < 4; lane++)
                sums[lane] += x[k + lane] * x[(k + lane + repeat) % NUMBERS];
    keep = sums[0] + sums[1] + sums[2] + sums[3];
    (void)keep;
}

static void wait_for_calls(struct team *team)
{
    struct timespec delay = {team->delay_ms / 1000,
                             team->delay_ms % 1000 * 1000000L};
    while (atomic_fetch_sub(&team->calls_left, 1) > 0) nanosleep(&delay, NULL);
}

static void *work_in_team(void *argument)
{
    struct team *team = argument;
    pthread_barrier_wait(&team->start);
    team->work(team);
    return NULL;
}

static double seconds_of(struct team *team, int workers)
{
    pthread_t *threads = calloc((size_t)workers, sizeof *threads);
    if (!threads) compare_die("No memory for %d threads.", workers);
    pthread_barrier_init(&team->start, NULL, (unsigned)workers + 1);
    for (int k = 0; k < workers; k++)
        if (pthread_create(&threads[k], NULL, work_in_team, team))
            compare_die("This machine does not start %d threads.", workers);
    double begin = clock_seconds();
    pthread_barrier_wait(&team->start);
    for (int k = 0; k < workers; k++) pthread_join(threads[k], NULL);
    double seconds = clock_seconds() - begin;
    pthread_barrier_destroy(&team->start);
    free(threads);
    return seconds;
}

double limit_of_computing(int workers)
{
    static double alone; // seconds
    struct team team = {.work = compute};
    double seconds = seconds_of(&team, workers);
    if (workers == 1) alone = seconds;
    return workers * alone / seconds;
}

double limit_of_waiting(int workers, int calls, int delay_ms)
{
    static double alone;
    struct team team = {
        .work = wait_for_calls, .calls_left = calls, .delay_ms = delay_ms};
    double seconds = seconds_of(&team, workers);
    if (workers == 1) alone = seconds;
    return alone / seconds;
}
