#ifndef FUTURES_PROCESS_QUEUE_H
#define FUTURES_PROCESS_QUEUE_H

// The way of a process pool's task in the parent: backlog, slot, and back into its future.
// All need the pool's lock, but for process_finish, which must not have it: it calls back.

#include "futures/process.h"

// What a future's `slot` says when it has none: it is in the backlog, or its end in this state
// is on its way.
static inline int16_t process_slot_for(uint32_t state)
{
    return (int16_t)(FUTURE_NO_SLOT - (int)state);
}

static inline void process_finished_init(struct finished *finished)
{
    finished->first = NULL;
    finished->end = &finished->first;
}

// Puts a future into a free slot. 0, -EAGAIN (there is none) or the arena's error.
int process_place(struct process_pool *pool, struct future *future);

// Takes what has ended out of the slot, into its future and finished; else does nothing.
void process_collect(struct process_pool *pool, int index,
                     struct finished *finished);

// The same of all slots whose futures nobody watches.
void process_collect_unwatched(struct process_pool *pool, struct finished *finished);

// Moves the backlog into free slots, as far as they go.
void process_refill(struct process_pool *pool, struct finished *finished);

// Asks the workers to call the keeper when the ring has room.
void process_call_for_refill(struct process_pool *pool);

// Cancels the tasks that have not started and for which chosen (NULL: all) says so.
void process_cancel_pending(struct process_pool *pool,
                            bool (*chosen)(struct future *),
                            struct finished *finished);
bool process_group_failed(struct future *future);

// Fails whatever has not ended, when no worker is left.
void process_break_rest(struct process_pool *pool, struct finished *finished);

// Finishes the futures: wakes those who wait, calls back.
void process_finish(struct finished *finished);

#endif
