// The queue of the fast pool. A slot is written again only when its task has been taken, and
// outgrown rings stay until the end: so what a worker reads too late is never used, because
// its compare-and-swap on `taken` then fails.

#include "futures/thread_queue.h"
#include <stdlib.h>
#include "futures/futex.h"

enum { FIRST_SIZE = 1024, PREFETCH_AHEAD = 4 };

static struct ring *ring_create(size_t size, struct ring *older)
{
    struct ring *ring = malloc(sizeof *ring + size * sizeof ring->slots[0]);
    if (!ring) return NULL;
    ring->size = size;
    ring->older = older;
    return ring;
}

static _Atomic(struct future *) *slot_of(struct ring *ring, size_t place)
{
    return &ring->slots[place & (ring->size - 1)];
}

static struct future *read_slot(struct ring *ring, size_t place)
{
    return atomic_load_explicit(slot_of(ring, place), memory_order_relaxed);
}

static void write_slot(struct ring *ring, size_t place, struct future *future)
{
    atomic_store_explicit(slot_of(ring, place), future, memory_order_relaxed);
}

int thread_queue_init(struct thread_queue *queue)
{
    struct ring *ring = ring_create(FIRST_SIZE, NULL);
    if (!ring) return -ENOMEM;
    atomic_init(&queue->ring, ring);
    queue->room_until = FIRST_SIZE;
    return 0;
}

void thread_queue_close(struct thread_queue *queue)
{
    for (struct ring *ring = queue->ring, *older; ring; ring = older) {
        older = ring->older;
        free(ring);
    }
}

bool thread_queue_has_work(struct thread_queue *queue)
{
    return atomic_load(&queue->pushed) != atomic_load(&queue->taken);
}

// ---- in

// Makes sure of a free slot at `pushed`, in a larger ring if need be. Needs push_lock.
static int make_room(struct thread_queue *queue, size_t pushed)
{
    struct ring *ring = atomic_load_explicit(&queue->ring, memory_order_relaxed);
    size_t taken = atomic_load_explicit(&queue->taken, memory_order_acquire);
    queue->room_until = taken + ring->size;
    if (queue->room_until != pushed) return 0;
    struct ring *larger = ring_create(2 * ring->size, ring);
    if (!larger) return -ENOMEM;
    for (size_t i = taken; i != pushed; i++)
        write_slot(larger, i, read_slot(ring, i));
    atomic_store_explicit(&queue->ring, larger, memory_order_release);
    queue->room_until = taken + larger->size;
    return 0;
}

static int push(struct thread_queue *queue, struct future *future)
{
    size_t pushed = atomic_load_explicit(&queue->pushed, memory_order_relaxed);
    if (queue->is_shut) return -ESHUTDOWN;
    if (queue->room_until == pushed && make_room(queue, pushed) != 0) return -ENOMEM;
    write_slot(atomic_load_explicit(&queue->ring, memory_order_relaxed), pushed,
               future);
    atomic_store_explicit(&queue->newest_place, pushed + 1, memory_order_relaxed);
    atomic_store_explicit(&queue->newest, future, memory_order_release);
    // Before the lock is given back, and so before the submitter looks whom to call.
    atomic_store_explicit(&queue->pushed, pushed + 1, memory_order_release);
    return 0;
}

int thread_queue_push(struct thread_queue *queue, struct future *future)
{
    small_lock(&queue->push_lock);
    int status = push(queue, future);
    small_unlock(&queue->push_lock);
    return status;
}

void thread_queue_shut(struct thread_queue *queue)
{
    small_lock(&queue->push_lock);
    queue->is_shut = true;
    small_unlock(&queue->push_lock);
}

// ---- out

// How many were pushed, at least, if that is more than `taken`: what a worker saw there when
// it last had to look, for looking takes the line from those who push.
static size_t pushed_beyond(struct thread_queue *queue, size_t taken)
{
    size_t seen = atomic_load_explicit(&queue->seen_pushed, memory_order_acquire);
    if (seen - taken - 1 < SIZE_MAX / 2) return seen; // more than taken
    seen = atomic_load_explicit(&queue->pushed, memory_order_acquire);
    atomic_store_explicit(&queue->seen_pushed, seen, memory_order_release);
    return seen;
}

// The future that is next after `taken`, if nobody takes it before.
static struct future *look_at(struct thread_queue *queue, struct ring *ring,
                              size_t taken, size_t pushed)
{
    if (pushed == taken + 1) { // then it has come along with `pushed`
        struct future *newest =
            atomic_load_explicit(&queue->newest, memory_order_acquire);
        // A thread that writes a newer one changes newest_place first.
        if (atomic_load_explicit(&queue->newest_place, memory_order_relaxed) ==
            pushed)
            return newest;
    }
    return read_slot(ring, taken);
}

struct future *thread_queue_take(struct thread_queue *queue)
{
    size_t taken = atomic_load_explicit(&queue->taken, memory_order_acquire);
    for (;;) {
        size_t pushed = pushed_beyond(queue, taken);
        if (pushed == taken) return NULL;
        struct ring *ring = atomic_load_explicit(&queue->ring, memory_order_acquire);
        struct future *future = look_at(queue, ring, taken, pushed);
        if (!atomic_compare_exchange_weak(&queue->taken, &taken, taken + 1))
            continue;
        if (pushed - taken > PREFETCH_AHEAD)
            __builtin_prefetch(read_slot(ring, taken + PREFETCH_AHEAD), 1);
        return future;
    }
}
