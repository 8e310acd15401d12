#ifndef JUDGE_TRIAL_H
#define JUDGE_TRIAL_H

// What is timed: the same work, done by the baseline and by the student's code, each time in
// a fresh runner on fresh input whose answer is checked. The exercise says how one run is
// made; this says how often, in which order, and when it is enough.

#include "judge/rubric.h"

struct trial;

// Makes one run with `program` (the baseline's or the student's runner): new random input of
// trial->scale times the exercise's unit of work, one call, the clock's cost in *cost, the
// answer checked after it. An exercise that sets cost->work lets S and P differ in size: where
// P is much faster than S, it gets more to do. 0, or -1 with the verdict in trial->line.
typedef int trial_run_fn(const struct trial *trial, const char *program,
                         struct run_cost *cost);

struct trial {
    struct line *line;
    trial_run_fn *run;
    int executor;
    int workers;
    int64_t baseline_ns; // processor time that S shall take; 0: 40 ms
    int64_t
        student_ns; // that P shall take at least, if the exercise sets work; 0: 30 ms
    double scale;   // how much work for the run that is made
    double growth;  // how much more P gets than S; 1 or more
    void *context;  // the exercise's own
};

// How this process measures speed lines; all zero is the plain way.
struct trial_mode {
    void (*watch)(const struct round rounds[],
                  int count); // gets a line's rounds when they are measured; or NULL
    int rounds;      // so many, whatever they say; 0: until they give a verdict
    double expected; // what the reference reaches; 0: what speedup.txt says
};

// From now on, in this process.
void trial_mode_set(const struct trial_mode *mode);

// How many processors a speed verdict counts on here: 2, or 1 where this process may not use
// two cores at the same time. why then says so in a sentence's part.
int trial_processors(char *why, size_t size);

// What the reference reaches for the line's executor: tests/7.x/speedup.txt. 0, or -1 with the
// verdict in the line.
int trial_expected(struct line *line, double *expected);

// Sets scale so that the baseline takes about baseline_ns of processor time, and growth so
// that the student's code takes student_ns or more. 0 or -1.
int trial_size(struct trial *trial);

// One run of P. 0 or -1.
int trial_student(const struct trial *trial, struct run_cost *cost);

// One run of P on one processor, which its threads get in turns: what the busiest of them did is
// its part of the work, wherever the system would have placed it. 0 or -1.
int trial_student_narrow(const struct trial *trial, struct run_cost *cost);

// One run of S. 0 or -1.
int trial_baseline(const struct trial *trial, struct run_cost *cost);

// S twice at once, by two processes. 0 or -1.
int trial_twice(const struct trial *trial, struct run_cost *cost);

// S's cost as if it had had as much to do as P.
void trial_scale(struct run_cost *baseline, const struct run_cost *student);

enum parallelism_outcome {
    PARALLELISM_UNKNOWN,
    PARALLELISM_SEEN,
    PARALLELISM_MISSING
};

// How much of the work was wanted at the same time, whatever the load: medians over the runs
// whose waits are known. S is the least of what the baseline takes and what P takes with one
// worker.
struct parallelism {
    enum parallelism_outcome outcome;
    double par;     // (cpu + wait) / wall of P
    double value;   // par * cpu(S) / cpu(P); 1 where one thread did all the work
    double extra;   // cpu(P) / cpu(S)
    double overlap; // the most of cpu / wall that any run of P had: above 1, threads
                    // did run at the same time
    // The least, of all runs on one processor, that the busiest thread of P did: as a part of
    // the baseline's work, and of one worker's.
    double given_share;
    double own_share;
    int divided; // runs in which that part was no larger than several workers' may be
    int busy;    // the most threads that were busy in a run of P
    int possible; // runs before and after which two spinning threads had two processors
    struct run_cost last; // of P
};

// Makes at least three runs of the baseline, P with one worker, P, and P on one processor, in
// turns. Seen: they reach `threshold`, in one run more than one processor was in use, and in two
// the work was divided. Missing: not so, and the machine was quiet, or let two spinning threads
// run at once, or one thread did all. Otherwise it goes on, and ends unknown. 0 or -1.
int trial_parallelism(struct trial *trial, double threshold,
                      struct parallelism *found);

// Times the spin kernel on so many threads, which is what the machine can do just now. 0 or -1.
int trial_spin(const struct trial *trial, int threads, struct run_cost *cost);

// On one thread, then on two. Of the first only the wall time is known. 0 or -1.
int trial_spin_both(const struct trial *trial, struct run_cost *one,
                    struct run_cost *all);

// A concurrency line, whole, for an exercise that computes: passes where as much was wanted
// at the same time as a speed line asks for, and says otherwise what stood in the way.
void trial_judge_parallelism(struct trial *trial, double expected);

// A speed line, whole: it waits for the concurrency line, measures round after round until
// there is a verdict, and writes it. expected: what the reference reaches.
void trial_judge(struct trial *trial, double expected);

#endif
