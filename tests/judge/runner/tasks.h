#ifndef RUNNER_TASKS_H
#define RUNNER_TASKS_H

// How parallel the pools of a student's code were, from their own traces.

#include <stdint.h>

struct tasks_seen {
    // Mean of min(tasks under way, 2); -1: no task was seen.
    int64_t in_flight_millionths;
    int64_t count;
};

// From now on every pool is traced, anew. The time now, for tasks_seen.
int64_t tasks_watch(void);

// What was seen from begin_ns to end_ns.
struct tasks_seen tasks_seen(int64_t begin_ns, int64_t end_ns);

#endif
