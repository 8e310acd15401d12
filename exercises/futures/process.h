#ifndef FUTURES_PROCESS_H
#define FUTURES_PROCESS_H

// The processes and the thread of a process pool:
//
//     parent: threads that submit and wait, and the keeper thread
//       `- fork server: one thread; forks workers, buries them, kills those that take too long
//            `- workers
//
// The server is forked when the pool is created and so keeps the memory as it was then, for the
// workers that replace dead ones. It ends with its parent, and workers end with the server.

#include "futures/slots.h"

struct process_pool {
    struct executor common;
    // set once before start:
    struct slots *slots;
    pid_t server;
    int server_pidfd;
    pthread_t keeper;
    _Atomic size_t references; // the owner's and one a future
    pthread_mutex_t lock;
    // guarded by lock:
    pthread_cond_t ended_condition;
    struct future *owner[SLOT_COUNT];      // NULL: the slot is free
    int64_t args_extent[SLOT_COUNT];       // ARENA_NONE: none
    int used;                              // slots that are not free
    struct future *backlog, **backlog_end; // tasks that found no slot, oldest first
    bool stop;                             // no more tasks
    bool broken;
    bool ended; // the keeper has nothing left to do
};

// Futures to be finished once the lock has been released, linked by `next`.
struct finished {
    struct future *first;
    struct future **end;
};

static inline struct process_pool *process_pool_of(struct executor *executor)
{
    return (struct process_pool *)executor;
}

// ---- process_future.c: the operations of struct executor_operations

int process_future_wait(struct future *future, int64_t deadline);
uint32_t process_future_state(struct future *future);
bool process_future_cancel(struct future *future);
void process_future_watch(struct future *future);
void process_future_help(struct executor *executor);

// ---- process_worker.c, fork_server.c: run in their own processes

_Noreturn void process_worker_run(struct executor *executor, struct slots *slots,
                                  int me);
_Noreturn void fork_server_run(struct executor *executor, struct slots *slots,
                               int parent_pidfd);

// ---- process_keeper.c

// The keeper thread's life.
void *process_keeper_run(void *pool);

// In the keeper thread, inside a callback: keeps the pool going until the deadline or the end
// of future (NULL: until something happened). 0 or -ETIMEDOUT.
int process_keeper_wait(struct process_pool *pool, struct future *future,
                        int64_t deadline);

#endif
