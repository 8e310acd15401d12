#ifndef MADE_RUNS_H
#define MADE_RUNS_H

// A made-up machine and a made-up student for the tests of trial.h, so that no clock and no
// process plays a part. A test program includes it once: what stands here takes the place of the
// judge's own spin kernel.

#include "judge/runner_mode.h"
#include "judge/trial.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

enum { ORDER_LIMIT = 256 };

static const int64_t MILLISECOND_NS = 1000000;
static const double SWIFTNESS = 1.6;

// What the made-up machine and the made-up student are like.
static struct {
    double student_part;  // wall(P) / wall(S)
    double student_extra; // cpu(P) / cpu(S)
    double largest_part;  // of the busiest thread of P in cpu(P)
    double narrow_part;   // the same where P has one processor
    int threads;          // of P
    double unit_ms;       // cpu(S) at scale 1
    double work;          // at scale 1; 0: the exercise does not say
    bool is_busy;         // another program keeps one of two processors,
    bool is_fitful;       // except while every other spin kernel runs
    int blind;            // of so many runs of P at first nobody sees the waits
    double alone_extra;   // cpu(P with one worker) / cpu(S)
    double alone_part;    // of its busiest thread in that
    int swift; // in so many sets of runs at first P has faster processors than ever after
    int helped; // in so many runs of P at first all threads are busy, then one is
} made;

static char
    order[ORDER_LIMIT + 1]; // of runs: S, P, s: P with one worker, n: P on one
                            // processor, T: S twice
static double scales[ORDER_LIMIT];

static void setup(void)
{
    made.student_part = 0.52;
    made.student_extra = 1;
    made.largest_part = made.narrow_part = 0.3;
    made.threads = 4;
    made.unit_ms = 40;
    made.work = 0;
    made.is_busy = made.is_fitful = false;
    made.blind = 0;
    made.helped = 1000;
    made.alone_extra = made.alone_part = 1;
    made.swift = 0;
    order[0] = '\0';
}

static struct run_cost cost_of(double wall_ms, double cpu_ms, double wait_ms)
{
    return (struct run_cost){.wall_ns = (int64_t)(wall_ms * (double)MILLISECOND_NS),
                             .cpu_ns = (int64_t)(cpu_ms * (double)MILLISECOND_NS),
                             .wait_ns = (int64_t)(wait_ms * (double)MILLISECOND_NS),
                             .in_flight = -1};
}

int trial_spin(const struct trial *trial, int threads, struct run_cost *cost)
{
    static int count;
    bool is_alone = !made.is_busy || (made.is_fitful && count++ % 2);
    *cost = is_alone ? cost_of(10.1, 10 * threads, 0) : cost_of(20, 20, 19);
    return 0;
}

int trial_spin_both(const struct trial *trial, struct run_cost *one,
                    struct run_cost *all)
{
    *one = cost_of(10, 10, 0);
    return trial_spin(trial, 2, all);
}

// A neighbour that came and went: half the speed, and no word of the wait.
static struct run_cost blind_of(struct run_cost cost)
{
    cost.wall_ns *= 2;
    cost.wait_ns = -1;
    return cost;
}

static struct run_cost wide_cost(double cpu_ms)
{
    double wall_ms = cpu_ms * made.student_part;
    double wait_ms = made.is_busy ? wall_ms : 0;
    if (made.is_busy) wall_ms *= 2;
    struct run_cost cost = cost_of(wall_ms, cpu_ms * made.student_extra, wait_ms);
    cost.longest_ns = (int64_t)(made.largest_part * (double)cost.cpu_ns);
    cost.threads = made.threads;
    cost.busy_threads = made.helped-- > 0 ? made.threads : 1;
    cost.busy_processes = 1;
    return made.blind-- > 0 ? blind_of(cost) : cost;
}

static struct run_cost narrow_cost(double cpu_ms)
{
    cpu_ms *= made.student_extra;
    struct run_cost cost = cost_of(cpu_ms, cpu_ms, cpu_ms);
    cost.longest_ns = (int64_t)(made.narrow_part * (double)cost.cpu_ns);
    made.swift--;
    return cost;
}

static int run_make(const struct trial *trial, const char *program,
                    struct run_cost *cost)
{
    bool is_baseline = strcmp(program, "baseline") == 0;
    bool is_alone = is_baseline || trial->workers == 1;
    size_t count = strlen(order);
    if (count < ORDER_LIMIT) {
        order[count] = runner_is_twice()    ? 'T'
                       : runner_is_narrow() ? 'n'
                       : is_baseline        ? 'S'
                       : is_alone           ? 's'
                                            : 'P';
        order[count + 1] = '\0';
        scales[count] = trial->scale;
    }
    double cpu_ms = made.unit_ms * trial->scale;
    if (runner_is_twice()) {
        *cost = cost_of(cpu_ms * 1.02, 2 * cpu_ms, 0);
    } else if (is_alone) {
        double part = is_baseline ? 1 : made.alone_part;
        if (!is_baseline) cpu_ms *= made.alone_extra;
        *cost = cost_of(cpu_ms * part * 1.01, cpu_ms, 0);
        cost->longest_ns = (int64_t)(part * (double)cost->cpu_ns);
        cost->threads = cost->busy_threads = cost->busy_processes = 1;
    } else {
        if (made.swift > 0) cpu_ms /= SWIFTNESS;
        *cost = runner_is_narrow() ? narrow_cost(cpu_ms) : wide_cost(cpu_ms);
    }
    cost->work = made.work * trial->scale;
    return 0;
}

static struct trial trial_of(struct line *line)
{
    static struct exercise exercise;
    snprintf(exercise.baseline, sizeof exercise.baseline, "baseline");
    snprintf(exercise.runner, sizeof exercise.runner, "runner");
    *line = (struct line){.exercise = &exercise, .kind = LINE_SPEED};
    return (struct trial){.line = line, .run = run_make, .workers = 4};
}

#endif
