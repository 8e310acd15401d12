#ifndef JUDGE_RUNNER_MODE_H
#define JUDGE_RUNNER_MODE_H

// How this process, a test's, runs its runners: plainly, unless it says otherwise.
//
// Not thread-safe; what is set holds until it is set again.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// All zero is the plain way.
struct runner_mode {
    double slowness;   // limits are so many times as long
    bool ends_itself;  // it is asked to end, and ends, before it is killed
    bool keeps_runner; // one may serve several calls (runner_kept.h)
    // Gets what a runner printed; or NULL.
    void (*watch)(const char *printed, size_t size);
    // The file that gets the last request, with its input; or NULL.
    const char *keep;
};

void runner_mode_set(const struct runner_mode *mode);
const struct runner_mode *runner_mode_now(void);

// A limit for the plain way, as it is in the mode that is set.
int64_t runner_limit_ns(int64_t plain_ns);

// Whatever the mode: runners are held up around the calls by which threads meet, by delays drawn
// from the seed; 0: no longer.
void runner_shake_set(uint32_t seed);
uint32_t runner_shake_seed(void);

// Whatever the mode: the threads of runners are looked at all the time, which makes longest_ns of
// their cost hold whatever they report.
void runner_sample_set(bool is_on);
bool runner_is_sampled(void);

// Whatever the mode: a runner and all that it starts share one processor, so that its threads get
// it in turns.
void runner_narrow_set(bool is_on);
bool runner_is_narrow(void);

// Whatever the mode: a request is done by two processes at once, the runner and a child of its,
// and the answer is sent when both are done. For the judge's own code alone.
void runner_twice_set(bool is_on);
bool runner_is_twice(void);

#endif
