#ifndef FUTURES_THREAD_QUEUE_H
#define FUTURES_THREAD_QUEUE_H

// The fast pool's queue: first in, first out, without a lock for those who submit. A push
// is one compare-and-swap on the inbox, newest first. A worker takes the whole inbox in one
// exchange and turns it round into `ready`, from which it and the others then take.

#include "futures/future.h"

struct thread_queue { // all zero: empty
    _Alignas(64) _Atomic(struct future *) inbox; // newest first
    _Alignas(64) _Atomic uint32_t take_lock; // a small_lock: held for some instructions
    // changed only under take_lock:
    _Atomic(struct future *) ready; // oldest first
};

// False: it is shut, and the future was not taken.
bool thread_queue_push(struct thread_queue *queue, struct future *future);

// The oldest; NULL: there is none.
struct future *thread_queue_take(struct thread_queue *queue);

// Takes no more from now on; what it holds stays.
void thread_queue_shut(struct thread_queue *queue);

bool thread_queue_has_work(struct thread_queue *queue);

#endif
