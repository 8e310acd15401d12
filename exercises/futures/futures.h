#ifndef FUTURES_H
#define FUTURES_H

// concurrent.futures for C: an executor runs tasks on worker threads or worker processes,
// a future stands for the result to come. Only the line that creates the executor differs.
//
//     int square(const void *args, void *result)
//     {
//         *(int *)result = *(const int *)args * *(const int *)args;
//         return 0;
//     }
//     ...
//     struct executor *executor = executor_create(EXECUTOR_THREADS, NULL);
//     int x = 7, y;
//     struct future *future = executor_submit(executor, square, &x, sizeof x, sizeof y);
//     future_result(future, &y, -1);         // waits; y is 49
//     future_free(future);
//     executor_destroy(executor);
//
// Threads: every function may be called by any number of threads at the same time, but
// nobody may use what another has freed or destroyed. Process tasks run in a copy of the
// memory as it was when the executor was created: what was there they see without copying,
// what comes later they do not, and what they write the caller never sees. Only bytes
// travel:
//
//     static int total;
//     static const double *big;              // filled before executor_create: they see it
//
//     int add(const void *args, void *result)
//     {
//         total += *(const int *)args;       // lost: this is the worker's own copy
//         *(double *)result = big[total];    // fine: it was there, and the result travels
//         return 0;
//     }
//
// Descriptors open at executor_create stay open in process workers until executor_destroy.

#include <stdbool.h>
#include <stddef.h>

struct executor;
struct future;
struct completions;
struct trace; // futures/trace.h

enum executor_kind {
    EXECUTOR_THREADS,
    EXECUTOR_PROCESSES,
    EXECUTOR_TEXTBOOK, // threads too: the pool to read first, textbook_pool.c
};

// A task: reads args, writes result (both 16-byte aligned, result zeroed). 0, or a
// negative errno: its own error, and the result is then dropped.
typedef int task_fn(const void *args, void *result);

// All zero is the default of each.
struct pool_options {
    int workers;      // 0: threads min(32, CPUs + 4), processes CPUs
    const char *name; // of the workers, "name-0" ...; copied; NULL: "worker"
    int (*initializer)(void *); // in each worker, first; not 0 breaks the pool
    void *initializer_data;     // borrowed until executor_destroy
    int spin_us;         // before an idle worker sleeps; 0: about 24, -1: none
    struct trace *trace; // borrowed until executor_destroy; NULL: none
    // processes only:
    int task_timeout_ms;  // a task that runs longer is killed; 0: no limit
    int tasks_per_worker; // a worker is replaced after so many; 0: never
    bool break_on_crash;  // Python's rule: a crash breaks the whole pool
};

struct map_options {
    size_t chunk_size; // items that travel as one task; 0: 1
    size_t in_flight;  // at most so many chunks submitted and not finished; 0: all
    int timeout_ms;    // counted from the call; 0 or -1: for ever
    bool keep_going;   // a failure does not cancel the rest
};

// What went wrong with a task.
struct task_error {
    // The task's own negative errno; -ECHILD: its worker died; -ETIMEDOUT: it ran too
    // long; -ENOTRECOVERABLE: its pool broke; 0: no error.
    int number;
    int signal;     // that killed the worker, or 0
    char text[120]; // task_set_error's, or a sentence about the worker; may be empty
};

enum futures_when {
    FUTURES_FIRST_COMPLETED,
    FUTURES_FIRST_ERROR,
    FUTURES_ALL_COMPLETED
};

// ---- executors

// A pool of workers. Threads start when they are needed; processes are forked in here, so
// fill the memory that they shall read before, and let no other thread hold a lock that
// they need. options are copied; NULL: defaults. The caller owns it (executor_destroy).
// NULL with errno EINVAL, ENOMEM, EAGAIN, EMFILE.
struct executor *executor_create(enum executor_kind kind,
                                 const struct pool_options *options);

// Queues a call of task with args (args_size bytes, copied; NULL and 0: none) and room for
// result_size bytes of result. The caller owns the future (future_free). NULL with errno
// ESHUTDOWN (after shutdown), ENOTRECOVERABLE (the pool is broken), EDEADLK (the pool was
// inherited by fork: it has no workers here), ENOMEM, EFBIG. Never waits for a task.
struct future *executor_submit(struct executor *executor, task_fn *task,
                               const void *args, size_t args_size,
                               size_t result_size);

// Runs task for each of count items: args + i * args_size to results + i * result_size,
// both the caller's. errors (count numbers, the caller's, or NULL) tells of each item 0,
// the task_error's number, -ECANCELED or -ETIMEDOUT. A failure cancels what has not
// started. options NULL: defaults. 0, or -ECHILD (an item failed), -ENOTRECOVERABLE (the
// pool broke, and that is all that failed), -ETIMEDOUT (what runs then goes on unseen), or
// what executor_submit would say. Waits in one sleep for all.
int executor_map(struct executor *executor, task_fn *task, const void *args,
                 size_t args_size, void *results, size_t result_size, size_t count,
                 int *errors, const struct map_options *options);

// Takes no more tasks. wait: returns when all have ended and the workers too; otherwise
// they go on by themselves. cancel_pending: cancels what has not started. May be called
// again. 0, or -EDEADLK (a worker of this pool would wait for itself, or the pool was
// inherited).
int executor_shutdown(struct executor *executor, bool wait, bool cancel_pending);

// Shuts down, waits, frees; futures stay valid. NULL is allowed. Not from its own workers.
void executor_destroy(struct executor *executor);

// How many workers it may have, and the CPUs this process may use (affinity, quota).
int executor_workers(const struct executor *executor);
int executor_cpu_count(void);

// ---- inside a task

// Gives the error a text (copied, cut at 119 bytes); used when the task then fails.
void task_set_error(const char *text);

// Gives a result of any size in place of the room that the task was handed: size bytes,
// copied. 0, -ENOMEM, or -EINVAL (not inside a task).
int task_set_result(const void *bytes, size_t size);

// ---- futures

// How the wait ended: 0, -ETIMEDOUT, -ECANCELED, -ECHILD (the task failed: future_error),
// or -EDEADLK (inherited by fork, will never end here). On 0 result, the caller's, gets
// future_result_size bytes: those of submit, unless the task used task_set_result. NULL:
// not wanted. timeout_ms 0 polls, -1 waits for ever. A worker thread that waits for ever
// for a task of its own pool that has not started runs it itself.
int future_result(struct future *future, void *result, int timeout_ms);

// As future_result, but gives the error: all zero on 0. error may be NULL.
int future_error(struct future *future, struct task_error *error, int timeout_ms);

// The bytes that future_result copies; 0 unless it is done with a result. Where only the
// task knows: future_result(future, NULL, -1), this, future_result(future, bytes, 0).
size_t future_result_size(struct future *future);

// True when it is cancelled now or was already; false when it runs or has ended.
bool future_cancel(struct future *future);

bool future_is_done(struct future *future); // with a result, an error, or cancelled
bool future_is_running(struct future *future);
bool future_is_cancelled(struct future *future);

// Calls done(future, data) once, when it is done: at once if it is, else in the thread
// that finishes it, after those added before; no lock is held, and done may submit, wait
// and free. The future lives at least until done returns. 0 or -ENOMEM.
int future_on_done(struct future *future, void (*done)(struct future *, void *data),
                   void *data);

// Gives the future up, whatever its state; the task still runs. NULL is allowed.
void future_free(struct future *future);

// ---- several futures, of any executors

// Waits until one is done, one has failed (or all are done), or all are. 0 or -ETIMEDOUT.
int futures_wait(struct future *const futures[], size_t count,
                 enum futures_when when, int timeout_ms);

// Walks through futures (borrowed until completions_free) in the order in which they end:
//     while ((future = completions_next(completions))) ...
// timeout_ms counts from here. NULL with errno ENOMEM. completions_next waits; NULL with
// errno 0 after the last, ETIMEDOUT, or EDEADLK as future_result.
struct completions *futures_as_completed(struct future *const futures[],
                                         size_t count, int timeout_ms);
struct future *completions_next(struct completions *completions);
void completions_free(struct completions *completions);

// ---- promises: futures that somebody else fulfils, in tests and other executors

// A pending future without a task. The caller owns it (future_free). NULL: ENOMEM.
struct future *promise_create(void);

// Pending to running, after which it cannot be cancelled. 0, -ECANCELED (it was), or
// -EINVAL (it was started or ended before).
int promise_start(struct future *future);

// Ends it. bytes are copied. 0, -ENOMEM, or -EINVAL (it has already ended).
int promise_set_result(struct future *future, const void *bytes, size_t size);
int promise_set_error(struct future *future, int number, const char *text);

#endif
