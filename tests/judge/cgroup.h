#ifndef JUDGE_CGROUP_H
#define JUDGE_CGROUP_H

// A control group for one boxed run: a bound on the memory and the processes of all of it
// together, which limits a process at a time cannot give, and the processor time of all of it,
// of processes that are gone too. Version 1 (a folder in each of the hierarchies memory, pids
// and cpuacct) and version 2 (one folder), where they are writable.

#include <stdbool.h>
#include <stdint.h>

enum { CGROUP_PATHS = 3, CGROUP_PATH_SIZE = 256 };

struct cgroup {
    int count; // of paths; 0: there is none
    char path[CGROUP_PATHS][CGROUP_PATH_SIZE];
};

// Makes a group. An empty one, without an error, where groups cannot be made.
struct cgroup cgroup_create(uint64_t memory_bytes, unsigned processes);

// Moves the calling process into it. false when that failed.
bool cgroup_enter(const struct cgroup *group);

// The processor time that all of it has used so far, in nanoseconds; -1: not known.
int64_t cgroup_cpu_ns(const struct cgroup *group);

// Removes what judges left that were killed themselves: empty groups whose maker is gone.
void cgroup_sweep(void);

// Kills what is still in it and removes it.
void cgroup_destroy(struct cgroup *group);

#endif
