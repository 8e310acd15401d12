#ifndef FUTURES_EXECUTOR_H
#define FUTURES_EXECUTOR_H

// An executor from the inside: what the three pools have in common, and the
// operations in which they differ. A pool's struct begins with a struct executor.

#include "futures/future.h"

enum {
    EXECUTOR_MOST_WORKERS = 1000
}; // of a pool; a slot's word has ten bits for them

struct executor_operations {
    size_t most_room; // results up to this size have room in the future's own block
    // Takes the future's second reference. 0 or a negative errno.
    int (*submit)(struct executor *executor, struct future *future);
    int (*shutdown)(struct executor *executor, bool wait, bool cancel_pending);
    void (*destroy)(struct executor *executor); // after shutdown with wait

    // Only where futures are finished elsewhere (`remote`), else NULL:
    int (*wait)(struct future *future, int64_t deadline);
    uint32_t (*state)(struct future *future);  // brings the word up to date
    bool (*cancel)(struct future *future);     // and finishes it; false: too late
    void (*watch)(struct future *future);      // finish it soon: somebody watches
    void (*forget)(struct executor *executor); // one of its futures was freed
    // In a callback of its own that waits: goes on with its work for a moment.
    void (*help)(struct executor *executor);
};

struct executor {
    // set once before start:
    const struct executor_operations *operations;
    struct pool_options options; // workers and spin_us are never 0
    char name[16];
    unsigned generation;
};

// A pool's struct of so many bytes, zero but for its common part. The pool frees it. NULL with
// errno EINVAL or ENOMEM.
void *executor_new(size_t size, const struct executor_operations *operations,
                   const struct pool_options *options);

// What a worker does first: takes its name and runs the initializer, whose number it
// returns.
int executor_begin_worker(struct executor *executor, int index);

// executor_submit for an item of a map (group NULL: of none).
struct future *executor_submit_grouped(struct executor *executor, task_fn *task,
                                       const void *args, size_t args_size,
                                       size_t result_size, struct map_group *group);

// As executor_cpu_count, before rounding up: 1.5 under a quota of 1.5.
double executor_cpu_share(void);

// The CPUs that the control groups grant, by the files below root ("" but in tests); 0: no limit.
double executor_cpu_quota(const char *root);

// The thread pool whose worker this thread is, and its number there; NULL: none.
extern _Thread_local struct executor *worker_executor;
extern _Thread_local int worker_index;

#endif
