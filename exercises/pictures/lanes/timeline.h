#ifndef PICTURES_TIMELINE_H
#define PICTURES_TIMELINE_H

// A recorded trace, read back from its file and sorted into what is drawn: a panel for each
// call of an exercise's function, in it a lane for each worker.
//
//     struct timeline timeline;
//     if (timeline_read(&timeline, "build/trace/7.1.json")) ...
//     timeline.panel[0].task_count ...
//     timeline_close(&timeline);

#include <stddef.h>

struct box {
    double begin_us; // since the panel's begin
    double end_us;
    double queued_us; // tasks: from submit to begin
    size_t lane;      // tasks: its worker's
    char name[32];
};

enum { MOST_PANELS = 8, MOST_LANES = 256 };

struct panel {
    char name[64];   // of the exercise's function
    double begin_us; // in the file
    double length_us;
    size_t task_count;
    struct box *task;
    size_t span_count; // what the caller did
    struct box *span;
    size_t worker_count; // of the executors created in the call
    size_t lane_count;   // one for each of these, also where it ran nothing
    struct lane {
        long long process;
        long long thread;
        char name[32];
    } lane[MOST_LANES];
};

struct timeline {
    size_t panel_count;
    struct panel *panel; // MOST_PANELS of them
};

// Reads a trace that `make trace` recorded. The caller owns what timeline then holds
// (timeline_close). 0, or a negative errno: -EINVAL where it is no such trace.
int timeline_read(struct timeline *timeline, const char *path);

// Frees what timeline holds.
void timeline_close(struct timeline *timeline);

#endif
