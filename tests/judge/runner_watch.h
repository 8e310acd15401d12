#ifndef JUDGE_RUNNER_WATCH_H
#define JUDGE_RUNNER_WATCH_H

// What the judge looks at, again and again, while it waits for a runner: bounds that no kernel
// keeps here, and how the work is divided.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "judge/folder_watch.h"
#include "judge/thread_samples.h"

struct runner_watch {
    struct folder_watch folder;
    // That the whole tree may use; 0: something else bounds it.
    uint64_t memory_bytes;
    bool is_sampled; // whether the threads are looked at, too
    struct thread_samples samples;
    int64_t next_ns;
};

// How long may be waited until the next look; never longer than left_ns.
int64_t runner_watch_step_ns(const struct runner_watch *watch, int64_t left_ns);

// Looks at the runner's tree, if it is time to. 0, -EDQUOT (too much was written into the
// folder), or -ENOMEM (too much memory is in use).
int runner_watch_look(struct runner_watch *watch, pid_t root);

#endif
