#ifndef JUDGE_RUN_COST_H
#define JUDGE_RUN_COST_H

// What a call cost, from what can be seen of the threads that worked for it: those that live
// when the answer is here are looked at through /proc, those that ended left a report.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "judge/cgroup.h"
#include "judge/protocol.h"

// What one call took, from just before the request was sent until its answer was here.
struct run_cost {
    int64_t wall_ns;
    int64_t cpu_ns;         // of everything that ran for it
    int64_t wait_ns;        // for a processor, likewise; -1: not known
    int64_t wait_spread_ns; // most less least among the threads that did the work
    int64_t longest_ns;     // cpu time of the one thread that ran most
    int threads;            // how many ran at all,
    int busy_threads;       // how many of them a tenth of that or more,
    int busy_processes;     // in how many processes
    int64_t tasks;          // that its pools were given; 0: not known
    double in_flight; // mean of min(tasks of its pools under way, 2); -1: not known
    double work;      // how much was to be done, in a unit of the exercise's own;
                      // 0: it does not say
};

enum { THREADS_SEEN = 2048 };

struct thread_usage {
    pid_t process; // both as they see themselves
    pid_t thread;
    uint64_t run_ns;
    uint64_t wait_ns;
};

struct threads_seen {
    // Processor time of their processes, with threads that ended.
    uint64_t process_ns;
    int64_t group_ns; // of the run's control group; -1: not known
    // That somebody on this machine waited so far; -1: not known.
    int64_t pressure_ns;
    unsigned count;
    struct thread_usage thread[THREADS_SEEN];
};

// The processor time of this process's children that ended and were waited for.
int64_t cost_reaped_ns(void);

// Looks at every living thread of root and its descendants, and at the run's control group.
void threads_look(pid_t root, const struct cgroup *group, struct threads_seen *seen);

// Fills all of cost but the wall time. before, after: what was seen as the request went out
// and as the answer came. reaped_ns: what the judge's own children used, from the runner's
// start to its end (in a box, only part of it). The cpu time is the control group's, or the
// greatest that the kernel tells in another way. The waits are sums over threads; where these
// cover less than nine tenths of the cpu time (and of what threads run while they end), or add up
// to more than it, the wait is not known. It is never more than what the whole machine waited.
void cost_weigh(struct run_cost *cost, const struct threads_seen *before,
                const struct threads_seen *after, const struct ended_threads *ended,
                int64_t reaped_ns);

#endif
