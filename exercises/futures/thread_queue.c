// The queue of the fast pool. Shut is a mark in the inbox itself: so a push either comes
// before it and its task is run, or is refused.

#include "futures/thread_queue.h"
#include "futures/futex.h"

static struct future mark;
#define SHUT (&mark)

bool thread_queue_has_work(struct thread_queue *queue)
{
    struct future *inbox = atomic_load(&queue->inbox);
    return (inbox && inbox != SHUT) || atomic_load(&queue->ready);
}

bool thread_queue_push(struct thread_queue *queue, struct future *future)
{
    struct future *newest =
        atomic_load_explicit(&queue->inbox, memory_order_relaxed);
    do {
        if (newest == SHUT) return false;
        future->next = newest;
    } while (!atomic_compare_exchange_weak(&queue->inbox, &newest, future));
    return true;
}

// Empties the inbox, leaving `next` there: what was in it, oldest first. Needs take_lock.
static struct future *turn_inbox(struct thread_queue *queue, struct future *next)
{
    struct future *oldest = NULL;
    struct future *newest = atomic_exchange(&queue->inbox, next);
    while (newest && newest != SHUT) {
        struct future *older = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = older;
    }
    return oldest;
}

struct future *thread_queue_take(struct thread_queue *queue)
{
    small_lock(&queue->take_lock);
    struct future *future =
        atomic_load_explicit(&queue->ready, memory_order_relaxed);
    struct future *inbox = atomic_load_explicit(&queue->inbox, memory_order_relaxed);
    if (!future && inbox && inbox != SHUT) future = turn_inbox(queue, NULL);
    if (future) atomic_store(&queue->ready, future->next);
    small_unlock(&queue->take_lock);
    return future;
}

void thread_queue_shut(struct thread_queue *queue)
{
    small_lock(&queue->take_lock);
    struct future *rest = turn_inbox(queue, SHUT);
    struct future *last = atomic_load(&queue->ready);
    while (last && last->next) last = last->next;
    if (last)
        last->next = rest;
    else
        atomic_store(&queue->ready, rest);
    small_unlock(&queue->take_lock);
}
