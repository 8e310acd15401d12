// 7.1, what is graded: the table's values in the loop's order, on as many workers as there
// are, waiting at the same time, and therefore fast.

#include "7.1-submit/judge_results.h"
#include "judge/sanitizer.h"
#include "judge/shaken.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    N = 4,
    CALLS = N * (N - 1),
    FEW_WORKERS = 3,
    SPEED_RUNS = 3,
    FEW_OPEN = CALLS / 4
};

static const int64_t MILLISECOND_NS = 1000000;
static const double SPEED_PART = 0.65; // of sum of sleeps / longest sleep

static int shaken_table(struct line *line, enum executor_kind executor)
{
    struct calls *calls = calls_start(line, executor, FEW_WORKERS, N + 1);
    for (int i = 0; i < calls->n; i++)
        for (int j = 0; j < calls->n; j++)
            calls->delay_ns[i][j] = 5 * MILLISECOND_NS; // so that there is a wait
    return calls_run(calls) || calls_check(calls);
}

static void table_check(struct line *line, enum executor_kind executor)
{
    static const int sizes[] = {N, 0, 1, 2, 5, 9};
    for (unsigned k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct calls *calls = calls_start(line, executor, FEW_WORKERS, sizes[k]);
        if (calls_run(calls) || calls_check(calls)) return;
    }
    if (!shaken_run(line, executor, shaken_table)) line_pass(line);
}

// The values are random, so that computing them without the calls is no way out.
static void reverse_check(struct line *line, enum executor_kind executor)
{
    struct calls *calls = calls_start(line, executor, CALLS, N);
    for (int i = 0, place = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            calls->value[i][j] = 1000 + rand() % 9000;
            calls->delay_ns[i][j] = (CALLS - place) * 3 * MILLISECOND_NS;
            place += i != j;
        }
    if (!calls_run(calls) && !calls_check(calls)) line_pass(line);
}

// As many as there are workers: all calls, and then a few of them.
static void wait_check(struct line *line, enum executor_kind executor)
{
    static const int workers[] = {CALLS, FEW_WORKERS};
    for (unsigned k = 0; k < sizeof workers / sizeof *workers; k++) {
        struct calls *calls = calls_start(line, executor, workers[k], N);
        calls->hold_until = workers[k];
        if (calls_run(calls) || calls_check(calls)) return;
    }
    line_pass(line);
}

// One timed run; how many times faster than the calls one after the other, and how many of
// them were open at the same time.
static int speed_run(struct line *line, enum executor_kind executor,
                     struct speed *speed, int *most_open)
{
    int64_t sum_ns = 0, longest_ns = 0;
    struct calls *calls = calls_start(line, executor, CALLS, N);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            int64_t delay_ns = (20 + rand() % 31) * MILLISECOND_NS;
            calls->delay_ns[i][j] = delay_ns;
            if (i == j) continue;
            sum_ns += delay_ns;
            longest_ns = delay_ns > longest_ns ? delay_ns : longest_ns;
        }
    if (calls_run(calls) || calls_check(calls)) return -1;
    if (calls->most_open > *most_open) *most_open = calls->most_open;
    *speed = speed_start((double)sum_ns / (double)longest_ns, CALLS);
    speed->threshold = SPEED_PART * speed->expected;
    speed->estimate = (double)sum_ns / (double)calls->cost.wall_ns;
    speed->credit =
        1; // all calls wait at once: what is missing, other programs took
    speed->verdict =
        speed->estimate >= speed->threshold ? VERDICT_PASS : VERDICT_UNMEASURED;
    return 0;
}

// Calls that come late, but together, may have been held up by other programs. Calls that
// begin when the one before has its reply were held back by nobody but the code itself.
static void slow_judge(struct line *line, int most_open)
{
    struct speed *speed = &line->speed;
    if (most_open < FEW_OPEN) {
        speed->verdict = VERDICT_FAIL;
        line_fail(
            line, "one at a time",
            "%.1f times as fast as one call after the other, %.1f is needed: at "
            "most %d of %d slow calls were open at the same time. Submit them "
            "all before you wait for the first result.",
            speed->estimate, speed->threshold, most_open, CALLS);
        return;
    }
    snprintf(speed->reason, sizeof speed->reason,
             "the calls came late: another program was using the processors");
    line_pend(line, "unmeasured: %.1f times as fast at best, %.1f is needed; %s",
              speed->estimate, speed->threshold, speed->reason);
}

static void speed_check(struct line *line, enum executor_kind executor)
{
    if (line_must_wait(line)) return;
    double best = 0;
    int most_open = 0;
    for (int rounds = 1; rounds <= SPEED_RUNS; rounds++) {
        struct speed speed;
        if (speed_run(line, executor, &speed, &most_open)) return;
        speed.rounds = rounds;
        if (speed.estimate > best) line->speed = speed;
        best = fmax(best, speed.estimate);
        if (speed.verdict == VERDICT_PASS) {
            line_pass(line);
            return;
        }
    }
    slow_judge(line, most_open);
}

static void lines(struct rubric *rubric)
{
    static const enum executor_kind executors[] = {EXECUTOR_THREADS,
                                                   EXECUTOR_PROCESSES};
    for (int k = 0; k < 2; k++) {
        enum executor_kind executor = executors[k];
        rubric_add(rubric, LINE_GATE, executor, "the table is in order",
                   table_check);
        rubric_add(rubric, LINE_GATE, executor, "the calls end in reverse order",
                   reverse_check);
        rubric_add(rubric, LINE_CONCURRENCY, executor,
                   "the calls wait at the same time", wait_check);
        rubric_add(rubric, LINE_SANITIZER, executor, "no memory error",
                   sanitizer_memory_check);
        if (executor == EXECUTOR_THREADS)
            rubric_add(rubric, LINE_SANITIZER, executor, "no data race",
                       sanitizer_race_check);
        rubric_add(rubric, LINE_SPEED, executor, "speed", speed_check);
    }
}

EXERCISE("7.1-submit", lines)
