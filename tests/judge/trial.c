#include "judge/trial.h"
#include "judge/clock.h"
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t BASELINE_NS = 40000000;
static const int64_t LONGEST_NS = 8000000000;
static const int64_t SPIN_LIMIT_NS = 20000000000;
enum { PROCESSORS = 2, REST_MS = 100 };

int trial_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return 1;
    return CPU_COUNT(&set) < PROCESSORS ? 1 : PROCESSORS;
}

int trial_size(struct trial *trial)
{
    struct run_cost cost;
    trial->scale = 1;
    for (int tries = 0; tries < 2; tries++) {
        if (trial->run(trial, trial->line->exercise->baseline, &cost)) return -1;
        if (cost.cpu_ns < 1000000) cost.cpu_ns = 1000000;
        trial->scale *= (double)BASELINE_NS / (double)cost.cpu_ns;
    }
    return 0;
}

static double parallelism_of(const struct run_cost *baseline,
                             const struct run_cost *student)
{
    int64_t wait_ns = student->wait_ns < 0 ? 0 : student->wait_ns;
    double par = (double)(student->cpu_ns + wait_ns) / (double)student->wall_ns;
    return fmin(par, PROCESSORS) * (double)baseline->cpu_ns /
           (double)student->cpu_ns;
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

int trial_parallelism(struct trial *trial, int runs, double *parallelism)
{
    double values[ROUND_LIMIT];
    const struct exercise *exercise = trial->line->exercise;
    struct run_cost baseline, student;
    for (int i = 0; i < runs; i++) {
        if (trial->run(trial, exercise->baseline, &baseline)) return -1;
        if (trial->run(trial, exercise->runner, &student)) return -1;
        values[i] = parallelism_of(&baseline, &student);
    }
    qsort(values, (size_t)runs, sizeof *values, by_value);
    *parallelism = values[runs / 2];
    return 0;
}

static int spin(const struct trial *trial, int threads, struct run_cost *cost)
{
    static struct runner runner;
    const struct exercise *exercise = trial->line->exercise;
    struct message request = {.operation = OPERATION_SPIN, .workers = threads};
    int returned = 0;
    int status = runner_start(&runner, exercise->box, exercise->baseline, NULL);
    if (!status)
        status = runner_call(&runner, &request, NULL, 0, NULL, 0, SPIN_LIMIT_NS,
                             &returned);
    runner_stop(&runner);
    *cost = runner.cost;
    if (!status && !returned) return 0;
    line_error(trial->line, "the judge's own spin kernel did not run");
    return -1;
}

// S and P take turns in going first, so that what grows or wanes over a round favours neither.
static int round_measure(const struct trial *trial, int number, struct round *round)
{
    const struct exercise *exercise = trial->line->exercise;
    round->in_flight = -1;
    if (spin(trial, 1, &round->spin_one)) return -1;
    if (spin(trial, PROCESSORS, &round->spin_all)) return -1;
    for (int turn = 0; turn < 2; turn++) {
        bool is_baseline = (turn + number) % 2 == 0;
        if (trial->run(trial, is_baseline ? exercise->baseline : exercise->runner,
                       is_baseline ? &round->baseline : &round->student))
            return -1;
    }
    return 0;
}

static int rounds_measure(const struct trial *trial, double expected,
                          struct speed *speed)
{
    struct round rounds[ROUND_LIMIT];
    int64_t begin_ns = clock_now_ns();
    *speed = speed_start(expected, PROCESSORS);
    for (int count = 0; count < ROUND_LIMIT; count++) {
        int quiet_before = speed->quiet_rounds;
        if (round_measure(trial, count, &rounds[count])) return -1;
        bool is_last = clock_now_ns() - begin_ns > LONGEST_NS;
        *speed = speed_weigh(rounds, count + 1, expected, PROCESSORS, is_last);
        if (speed->verdict != VERDICT_NOT_RUN) return 0;
        if (speed->quiet_rounds == quiet_before)
            usleep((useconds_t)(rand() % REST_MS) * 1000);
    }
    return 0;
}

static void verdict_write(struct line *line)
{
    const struct speed *speed = &line->speed;
    switch (speed->verdict) {
    case VERDICT_PASS:
        line_pass(line);
        break;
    case VERDICT_FAIL:
        line_fail(
            line,
            speed->par < speed->threshold ? "nothing in parallel" : "more work",
            "%d workers make it %.2f times as fast as the sequential code, %.2f is "
            "needed; %.2f of them had work on average",
            speed->workers, speed->estimate, speed->threshold, speed->par);
        break;
    case VERDICT_UNPROVEN:
        line_pend(
            line,
            "unproven: the schedule would reach %.1f on %d free processors; %s",
            speed->v0, speed->workers, speed->reason);
        break;
    default:
        line_pend(line, "%s: %s", verdict_name(speed->verdict), speed->reason);
    }
}

void trial_judge(struct trial *trial, double expected)
{
    struct line *line = trial->line;
    const struct line *concurrency = rubric_find(line, LINE_CONCURRENCY);
    line->speed = speed_start(expected, PROCESSORS);
    if (concurrency && concurrency->status != LINE_PASSED) {
        line_skip(line, "waits for \"%s\"", concurrency->name);
    } else if (trial_processors() < PROCESSORS) {
        snprintf(line->speed.reason, sizeof line->speed.reason,
                 "two processors are needed, and this machine gives one");
        verdict_write(line);
    } else if (trial_size(trial) == 0 &&
               rounds_measure(trial, expected, &line->speed) == 0) {
        verdict_write(line);
    }
}
