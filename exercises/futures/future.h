#ifndef FUTURES_FUTURE_H
#define FUTURES_FUTURE_H

// A future from the inside, for the executors. One word holds its state and is what
// waiters sleep on, so every step is one atomic instruction:
//
//     PENDING --claim--> RUNNING --finish--> DONE or FAILED
//        `----cancel--> CANCELLED
//
// Two references: the owner's (future_free) and its executor's (future_release), so that
// freeing never races with finishing. They are counted in the same word: a worker finishes a
// future and gives it up in one step. The fields that a task's round trip touches stand
// first: they share a cache line.

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include "futures/futures.h"

// The word: a state, flags, and how many references there are, times FUTURE_REFERENCE.
enum {
    FUTURE_PENDING,
    FUTURE_RUNNING,
    FUTURE_DONE, // this and those after it are final
    FUTURE_FAILED,
    FUTURE_CANCELLED,
    FUTURE_STATE = 7,    // mask
    FUTURE_WAITED = 8,   // a thread sleeps on the word
    FUTURE_WATCHED = 16, // watchers is not empty
    FUTURE_ENDING = 32,  // of a promise: somebody is about to end it
    FUTURE_REFERENCE = 64,
};

enum { FUTURE_NO_SLOT = -1 };

// Somebody to be told when a future is done.
struct watcher {
    struct watcher *next;
    void (*done)(struct future *future, void *data);
    void *data;
    bool internal; // quick, called under the future's lock, and can be taken back
};

// The items of one executor_map, in which a failure cancels the rest.
struct map_group {
    _Atomic size_t references;
    _Atomic bool failed;
    int32_t number; // by which process workers know it; never 0
};

struct future {
    _Atomic uint32_t word;
    _Atomic uint32_t lock; // a small_lock: a mutex would be a third of the whole
    task_fn *task;
    struct future *next;       // in the executor's queue
    struct executor *executor; // NULL: a promise. Only compared, unless `remote`
    size_t result_size;
    uint32_t args_size;
    uint16_t generation; // of the process that created it: fork_generation
    int16_t slot;        // of the process pool, under its lock; FUTURE_NO_SLOT: none
    bool remote;         // executor->operations know more than the word
    bool has_extra;      // a struct future_extra stands before the args
    int8_t memory;       // of which kind: see future_memory.h
    // set before the final state:
    bool result_is_heap; // freed with it; else it is in this block
    void *result;
    struct task_error *error; // NULL: none; freed with it
    // guarded by lock:
    struct watcher *watchers; // in the order added
    _Alignas(16) char body[]; // maybe extra; args_size bytes; room for the result
};

// What few futures need, and the others are the smaller for not having.
struct future_extra {
    struct map_group *group;   // NULL: not of a map that a failure cancels
    struct trace_event *event; // NULL: not traced
};

static inline struct future_extra *future_extra(struct future *future)
{
    return future->has_extra ? (struct future_extra *)future->body : NULL;
}

static inline void *future_args(struct future *future)
{
    return future->body + (future->has_extra ? sizeof(struct future_extra) : 0);
}

static inline struct map_group *future_group(struct future *future)
{
    return future->has_extra ? future_extra(future)->group : NULL;
}

static inline struct trace_event *future_event(struct future *future)
{
    return future->has_extra ? future_extra(future)->event : NULL;
}

// How often this process was forked: a copy of a pool in a child has no workers.
extern uint16_t fork_generation;

// A pending future with one reference for each of owner and executor, args copied. group may
// be NULL, and so may executor: a promise. NULL with errno ENOMEM or EFBIG.
struct future *future_new(struct executor *executor, task_fn *task, const void *args,
                          size_t args_size, size_t result_size,
                          struct map_group *group);

// Gives a reference back; the last one frees.
void future_release(struct future *future);

// Pending to running; false: it is not to be run (cancelled, or run by a waiter).
bool future_claim(struct future *future);

// Runs the task in this thread, if it is still pending, and releases the future.
void future_run(struct future *future);

// Notes what went wrong, before it is finished as failed (text may be NULL).
void future_set_error(struct future *future, int number, int signal,
                      const char *text);

// Ends a claimed future, whose result or error is in place.
void future_finish(struct future *future, uint32_t state);

// future_finish and future_release in one step.
void future_finish_and_release(struct future *future, uint32_t state);

// Ends a claimed future with an error (text may be NULL).
void future_fail(struct future *future, int number, int signal, const char *text);

// Cancels a future that is still pending, or fails it because its pool broke; releases it.
void future_end_pending(struct future *future, bool broken);

// Waits for the final state, by the executor's own means first. 0, -ETIMEDOUT or
// -EDEADLK.
int future_wait(struct future *future, int64_t deadline);

// The same, but only by sleeping on the word.
int future_sleep(struct future *future, int64_t deadline);

// Runs it here if this thread is a worker of its pool and nobody has started it.
bool future_run_in_place(struct future *future);

// The state, after asking the executor.
uint32_t future_state(struct future *future);

static inline uint32_t future_state_here(const struct future *future)
{
    return atomic_load_explicit(&future->word, memory_order_acquire) & FUTURE_STATE;
}

static inline bool future_is_final(const struct future *future)
{
    return future_state_here(future) >= FUTURE_DONE;
}

// Adds a watcher unless the future is final: then false, and the caller tells itself.
bool future_watch(struct future *future, struct watcher *watcher);

// Takes an internal watcher back, told or not; it is no longer used afterwards.
void future_unwatch(struct future *future, struct watcher *watcher);

// Tells and removes all watchers of a future that has just become final.
void future_tell_watchers(struct future *future);

// One reference, the map's own; each of its futures holds another. NULL: no memory.
struct map_group *map_group_create(void);
void map_group_release(struct map_group *group);

#endif
