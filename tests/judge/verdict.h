#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

// The speed verdict: rounds of measurements in, a verdict with its evidence out. No clock and
// no process is touched here, so that recorded rounds give the same verdict every time.
//
// A round times, in turns, the spin kernel on one thread and on `processors` threads, the
// sequential baseline S and the student's code P, each a fresh process. Noise can only
// lengthen P's wall time, so min cpu(S) / wall(P) >= threshold is a proof that no load can
// fake; and what a schedule wants, (cpu + wait) / wall, does not depend on the load.
// Where evidence of neither kind suffices, the verdict is that there is none.
//
// Two busy processors of one machine slow each other down, now less, now more. How much just
// now is seen where S is done twice at once, by two processes; only where that costs little
// does a pass that is not worth the full points lose any.

#include <stdbool.h>
#include "judge/run_cost.h"

enum { ROUND_LIMIT = 40 };

enum verdict {
    VERDICT_NOT_RUN,
    VERDICT_PASS,
    VERDICT_FAIL,
    VERDICT_UNPROVEN,
    VERDICT_UNMEASURED
};

struct round {
    struct run_cost spin_one; // the spin kernel on one thread
    struct run_cost
        spin_all; // the same work on each of `processors` threads at once
    struct run_cost baseline; // S
    struct run_cost student;  // P
    struct run_cost twice; // S twice at once, by two processes; wall_ns 0: not made
};

// What a verdict stands on. Numbers that were not measured are NaN.
struct speed {
    enum verdict verdict;
    int workers;
    double expected;      // I: what the reference reaches on a quiet machine
    double threshold;     // T = 1 + 0.4 (I - 1)
    double estimate;      // the speedup that the points are given for
    double credit;        // the part of the full points that a pass is worth
    bool is_credit_final; // it is whole, or two able processors gave no more
    double par;           // median parallelism of the schedule
    double v0;            // structural speedup, over fair rounds
    double vq;            // measured speedup, over quiet rounds
    double vq_most;       // its upper quartile
    double attainable; // what S twice at once gains, in quiet rounds: lower quartile
    double v_most; // v0, or what it is by the median of cpu(S) / cpu(P), if greater
    double fair_par;  // par over fair rounds,
    double quiet_par; // over quiet ones
    double demand;    // median of (cpu + wait) / wall of P
    double in_flight; // median of P's mean number of tasks in flight, at most 2
    double extra;     // least cpu(P) / least cpu(S)
    double seen;      // median of wall(S) / wall(P)
    double task_us;   // processor time of P a task
    int proofs;       // rounds in which min cpu(S) / wall(P) >= threshold
    int pairs;        // rounds in which cpu(S) / wall(P) >= threshold
    int rounds;
    int fair_rounds;
    int quiet_rounds;
    int twice_rounds; // quiet ones in which S was done twice at once, too
    char reason[160]; // why it is not measured; "" otherwise
};

// A speed without a verdict, for a reference that reaches `expected` on `processors`.
struct speed speed_start(double expected, int processors);

// Weighs the rounds so far. VERDICT_NOT_RUN: one more round, please. is_last: no further
// round will come, so it decides.
struct speed speed_weigh(const struct round rounds[], int count, double expected,
                         int processors, bool is_last);

// Has it passed, so that only its credit is open? Then the next round needs S twice at once.
bool speed_wants_twice(const struct speed *speed);

// The part of the full points that a pass is worth: (estimate - 1) / (expected - 1), rounded
// up to the next fifth, at least three fifths, at most 1.
double speed_credit(const struct speed *speed);

// "pass", "fail", "unproven", "unmeasured" or "not-run".
const char *verdict_name(enum verdict verdict);

#endif
