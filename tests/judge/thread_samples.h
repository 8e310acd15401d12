#ifndef JUDGE_THREAD_SAMPLES_H
#define JUDGE_THREAD_SAMPLES_H

// How long each thread of a run has computed, looked at from outside again and again while it
// runs. What threads report when they end comes from the student's process; this does not. It
// is less than the truth by what a thread did since the last look.

#include <stdint.h>
#include <sys/types.h>
#include "judge/run_cost.h"

enum { SAMPLES_LIMIT = 1024, SAMPLE_NS = 5000000 }; // threads; from look to look

struct thread_samples {
    unsigned count;
    struct thread_usage thread[SAMPLES_LIMIT];
};

// Looks once at every living thread of root and its descendants.
void samples_take(struct thread_samples *samples, pid_t root);

// The processor time of the one thread that was seen to run most since `before`.
int64_t samples_longest_ns(const struct thread_samples *samples,
                           const struct threads_seen *before);

#endif
