#include "judge/trial.h"
#include "judge/clock.h"
#include "judge/diagnosis.h"
#include "judge/points.h"
#include "judge/processors.h"
#include "judge/runner_mode.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t BASELINE_NS = 40000000;
static const int64_t STUDENT_NS = 30000000;
static const double GROWTH_LIMIT = 40;
static const int64_t LONGEST_NS = 8000000000;

// For a pass of which only the credit is open.
static const int64_t PASSED_NS = 4000000000;

enum { PROCESSORS = 2, REST_MS = 100, GROWTH_TRIES = 4, SMALL_PART = 8 };

static struct trial_mode trial_mode;

void trial_mode_set(const struct trial_mode *mode)
{
    trial_mode = *mode;
}

int trial_processors(char *why, size_t size)
{
    double granted = processors_granted();
    int cores = processors_cores();
    if (granted >= PROCESSORS && cores >= PROCESSORS) return PROCESSORS;
    if (granted < PROCESSORS && granted > 1)
        snprintf(why, size,
                 "two processors are needed, and a quota leaves %.1f of them",
                 granted);
    else if (granted < PROCESSORS)
        snprintf(why, size, "two processors are needed, and there is %.3g here",
                 granted);
    else
        snprintf(why, size,
                 "two processors are needed, and those here share one core");
    return 1;
}

int trial_expected(struct line *line, double *expected)
{
    *expected = trial_mode.expected;
    if (*expected > 1) return 0;
    char path[PATH_SIZE + 16];
    snprintf(path, sizeof path, "%s/speedup.txt", line->exercise->tests);
    const char *name =
        line->executor == EXECUTOR_PROCESSES ? "processes" : "threads";
    if (points_find(path, name, expected) == 0 && *expected > 1) return 0;
    line_error(line, "%s does not say what %s reach", path, name);
    return -1;
}

// ---- runs

int trial_baseline(const struct trial *trial, struct run_cost *cost)
{
    return trial->run(trial, trial->line->exercise->baseline, cost);
}

int trial_twice(const struct trial *trial, struct run_cost *cost)
{
    runner_twice_set(true);
    int status = trial_baseline(trial, cost);
    runner_twice_set(false);
    return status;
}

int trial_student(const struct trial *trial, struct run_cost *cost)
{
    struct trial larger = *trial;
    larger.scale *= trial->growth;
    return trial->run(&larger, trial->line->exercise->runner, cost);
}

int trial_student_narrow(const struct trial *trial, struct run_cost *cost)
{
    runner_narrow_set(true);
    int status = trial_student(trial, cost);
    runner_narrow_set(false);
    return status;
}

void trial_scale(struct run_cost *baseline, const struct run_cost *student)
{
    if (!(baseline->work > 0 && student->work > 0)) return;
    double part = student->work / baseline->work;
    baseline->wall_ns = (int64_t)((double)baseline->wall_ns * part);
    baseline->cpu_ns = (int64_t)((double)baseline->cpu_ns * part);
    if (baseline->wait_ns > 0)
        baseline->wait_ns = (int64_t)((double)baseline->wait_ns * part);
}

// Measured without its verdict: a wrong answer is found again in the rounds.
static int growth_find(struct trial *trial)
{
    struct run_cost cost;
    int64_t wanted_ns = trial->student_ns ? trial->student_ns : STUDENT_NS;
    for (int tries = 0; tries < GROWTH_TRIES; tries++) {
        if (trial_student(trial, &cost)) return -1;
        if (cost.cpu_ns >= wanted_ns) return 0;
        double factor = 1.2 * (double)wanted_ns / (double)(cost.cpu_ns + 1);
        trial->growth = fmin(trial->growth * fmin(factor, 10), GROWTH_LIMIT);
    }
    return 0;
}

int trial_size(struct trial *trial)
{
    struct run_cost cost;
    trial->scale = trial->growth = 1;
    int64_t wanted_ns = trial->baseline_ns ? trial->baseline_ns : BASELINE_NS;
    for (int tries = 0; tries < 2; tries++) {
        if (trial_baseline(trial, &cost)) return -1;
        if (cost.cpu_ns < 1000000) cost.cpu_ns = 1000000;
        trial->scale *= (double)wanted_ns / (double)cost.cpu_ns;
        if (cost.cpu_ns > wanted_ns / SMALL_PART) break;
    }
    return cost.work > 0 ? growth_find(trial) : 0;
}

// S and P take turns in going first, so that what grows or wanes over a round favours neither.
static int round_measure(const struct trial *trial, int number, bool has_twice,
                         struct round *round)
{
    *round = (struct round){.twice.wall_ns = 0};
    if (trial_spin_both(trial, &round->spin_one, &round->spin_all)) return -1;
    for (int turn = 0; turn < 2; turn++) {
        bool is_baseline = (turn + number) % 2 == 0;
        if (is_baseline ? trial_baseline(trial, &round->baseline)
                        : trial_student(trial, &round->student))
            return -1;
    }
    if (has_twice && trial_twice(trial, &round->twice)) return -1;
    trial_scale(&round->baseline, &round->student);
    trial_scale(&round->twice, &round->student);
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
        bool has_twice = speed_wants_twice(speed);
        if (round_measure(trial, count, has_twice, &rounds[count])) return -1;
        int64_t taken_ns = clock_now_ns() - begin_ns;
        *speed = speed_weigh(rounds, count + 1, expected, PROCESSORS,
                             taken_ns > LONGEST_NS);
        if (speed_wants_twice(speed) && taken_ns > PASSED_NS)
            *speed = speed_weigh(rounds, count + 1, expected, PROCESSORS, true);
        bool is_decided = speed->verdict != VERDICT_NOT_RUN;
        if (trial_mode.rounds ? count + 1 >= trial_mode.rounds : is_decided) {
            if (trial_mode.watch) trial_mode.watch(rounds, count + 1);
            return 0;
        }
        if (speed->quiet_rounds == quiet_before)
            usleep((useconds_t)(rand() % REST_MS) * 1000);
    }
    return 0;
}

static void verdict_write(struct line *line)
{
    struct diagnosis diagnosis = speed_diagnose(&line->speed);
    if (line->speed.verdict == VERDICT_PASS) {
        line_pass(line);
    } else if (line->speed.verdict == VERDICT_FAIL) {
        line_fail(line, diagnosis.name, "%s", diagnosis.text);
    } else {
        line_pend(line, "%s", diagnosis.text);
        snprintf(line->diagnosis, sizeof line->diagnosis, "%s", diagnosis.name);
    }
}

void trial_judge(struct trial *trial, double expected)
{
    struct line *line = trial->line;
    line->speed = speed_start(expected, PROCESSORS);
    if (line_must_wait(line)) return;
    char *why = line->speed.reason;
    bool is_small = trial_processors(why, sizeof line->speed.reason) < PROCESSORS;
    if (is_small || (trial_size(trial) == 0 &&
                     rounds_measure(trial, expected, &line->speed) == 0))
        verdict_write(line);
}
