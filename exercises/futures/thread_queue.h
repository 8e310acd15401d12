#ifndef FUTURES_THREAD_QUEUE_H
#define FUTURES_THREAD_QUEUE_H

// The fast pool's queue: first in, first out, a ring of pointers that doubles when it is
// full. Submitters and workers share no cache line while there is work: submitters
// have a lock, held for some instructions; a worker takes by one compare-and-swap, and knows
// what comes next, so that it is on its way from the other core's cache meanwhile.

#include "futures/future.h"

struct ring {
    struct ring *older; // outgrown, but a worker may still look into it
    size_t size;        // a power of two
    _Atomic(struct future *) slots[];
};

struct thread_queue {
    _Alignas(64) _Atomic uint32_t push_lock; // a small_lock
    // guarded by push_lock:
    bool is_shut;
    size_t room_until;     // as far as is known, the ring has room up to here
    _Atomic size_t pushed; // how many ever were; read without the lock
    // The future at pushed - 1: in this cache line, a worker has it with one transfer less.
    _Atomic size_t newest_place; // pushed, of that future
    _Atomic(struct future *) newest;
    // changed only under push_lock, by a push that finds the ring full:
    _Alignas(64) _Atomic(struct ring *) ring;
    // any worker:
    _Alignas(64) _Atomic size_t taken; // how many ever were
    _Atomic size_t seen_pushed;        // pushed, when a worker last had to look
};

// 0 or -ENOMEM. The queue is all zero before.
int thread_queue_init(struct thread_queue *queue);
void thread_queue_close(struct thread_queue *queue);

// 0, -ESHUTDOWN (the future was not taken) or -ENOMEM.
int thread_queue_push(struct thread_queue *queue, struct future *future);

// The oldest; NULL: there is none.
struct future *thread_queue_take(struct thread_queue *queue);

// Takes no more from now on; what it holds stays.
void thread_queue_shut(struct thread_queue *queue);

bool thread_queue_has_work(struct thread_queue *queue);

#endif
