#ifndef JUDGE_PROCESS_TREE_H
#define JUDGE_PROCESS_TREE_H

// A process and all its descendants, looked at from outside through /proc. What is read is
// one moment after another, not one moment: a tree that changes meanwhile is seen in part.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// How long the living threads of a tree have run and waited for a processor.
struct tree_usage {
    uint64_t run_ns;
    uint64_t wait_ns; // of each thread at most WAIT_PER_RUN times what it ran
    unsigned threads;
    bool wait_known; // false where this kernel keeps no such figures
};

// A thread that hardly runs may wait beside a busy one all the time; so much counts.
enum { WAIT_PER_RUN = 4 };

// Fills pids with root and its living descendants, at most `limit`; how many.
unsigned tree_pids(pid_t root, pid_t pids[], unsigned limit);

// Sums what the kernel has for every living thread of the tree.
struct tree_usage tree_usage_now(pid_t root);

// Is every thread of the tree asleep (neither running, nor waiting for a processor or a disk)?
bool tree_is_asleep(pid_t root);

// Is there a thread in process pid whose id, in its own pid namespace, is `inner`, and is it
// asleep?
bool tree_thread_is_asleep(pid_t pid, pid_t inner);

#endif
