#ifndef JUDGE_TRIAL_H
#define JUDGE_TRIAL_H

// What is timed: the same work, done by the baseline and by the student's code, each time in
// a fresh runner on fresh input whose answer is checked. The exercise says how one run is
// made; this says how often, in which order, and when it is enough.

#include "judge/rubric.h"

struct trial;

// Makes one run with `program` (the baseline's or the student's runner): new random input of
// trial->scale times the exercise's unit of work, one call, the clock's cost in *cost, the
// answer checked after it. 0, or -1 with the verdict written into trial->line.
typedef int trial_run_fn(const struct trial *trial, const char *program,
                         struct run_cost *cost);

struct trial {
    struct line *line;
    trial_run_fn *run;
    int executor;
    int workers;
    double scale;  // how much work: set by trial_size
    void *context; // the exercise's own
};

// How many processors a speed verdict counts on here: 2, or 1 where this process has no more.
int trial_processors(void);

// Sets scale so that the baseline takes about 40 ms of processor time. 0 or -1.
int trial_size(struct trial *trial);

// Median over `runs` runs of par * cpu(S) / cpu(P): how much of the work was wanted at the
// same time, whatever the load. 0 and *parallelism, or -1.
int trial_parallelism(struct trial *trial, int runs, double *parallelism);

// A speed line, whole: it waits for the concurrency line, measures round after round until
// there is a verdict, and writes it. expected: what the reference reaches.
void trial_judge(struct trial *trial, double expected);

#endif
