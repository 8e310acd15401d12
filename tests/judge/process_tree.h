#ifndef JUDGE_PROCESS_TREE_H
#define JUDGE_PROCESS_TREE_H

// A process and all its descendants, looked at from outside through /proc. What is read is
// one moment after another, not one moment: a tree that changes meanwhile is seen in part.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// Fills pids with root and its descendants, at most `limit`; how many. Those that have ended are
// among them until they are reaped.
unsigned tree_pids(pid_t root, pid_t pids[], unsigned limit);

// Has it ended (though nobody may have reaped it yet)?
bool process_has_ended(pid_t pid);

// Calls visit for every thread of the tree until it says false; false when it did.
typedef bool thread_visit_fn(pid_t pid, pid_t thread, void *context);
bool tree_visit(pid_t root, thread_visit_fn *visit, void *context);

// How many living threads of the tree the kernel keeps times for.
unsigned tree_thread_count(pid_t root);

// Calls visit for every living thread of root and its descendants, with its ids as it sees
// them itself.
typedef void tree_thread_fn(pid_t process, pid_t thread, uint64_t run_ns,
                            uint64_t wait_ns, void *context);
void tree_threads_visit(pid_t root, tree_thread_fn *visit, void *context);

// Is every thread of the tree asleep (neither running, nor waiting for a processor or a disk)?
bool tree_is_asleep(pid_t root);

// How long a tree has been still: every thread asleep, and none has used a processor.
struct tree_stillness {
    int64_t since_ns; // 0: not looked at yet
    uint64_t run_ns;
};

// A tree that has been still this long, with what it waits for held back, will do nothing
// further by itself.
enum { TREE_STUCK_NS = 1000000000 };

// Looks again, and says for how many nanoseconds now; has_moved: it did something, as the
// caller saw, so it begins anew.
int64_t tree_still_ns(struct tree_stillness *stillness, pid_t root, bool has_moved);

// Is there a thread in process pid whose id, in its own pid namespace, is `inner`, and is it
// asleep?
bool tree_thread_is_asleep(pid_t pid, pid_t inner);

#endif
