#ifndef JUDGE_IN_FLIGHT_H
#define JUDGE_IN_FLIGHT_H

// How many tasks were under way at the same time, on average, from a pool's trace. It comes
// from the student's process: it may lower what a schedule is credited with, never prove it.

#include <stddef.h>
#include <stdint.h>

struct task_span {
    int64_t start_ns;
    int64_t end_ns;
};

// The mean over from_ns .. to_ns of min(tasks under way, cap). Spans may lie in any order,
// overlap, and reach beyond. 0 where to_ns <= from_ns or memory is short.
double in_flight_mean(const struct task_span spans[], size_t count, int64_t from_ns,
                      int64_t to_ns, int cap);

#endif
