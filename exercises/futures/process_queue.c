// The parent's side of the slots. While a future has a slot, the slot's word is the truth;
// once collected, the future's own. process_finish makes it final, after the lock is released.

#include "futures/process_queue.h"
#include <stdlib.h>
#include <string.h>

// The future's fields are complete; its state to come stands in `slot` until process_finish.
static void add_finished(struct finished *finished, struct future *future,
                         uint32_t state)
{
    future->slot = process_slot_for(state);
    future->next = NULL;
    *finished->end = future;
    finished->end = &future->next;
}

void process_finish(struct finished *finished)
{
    for (struct future *future = finished->first, *next; future; future = next) {
        next = future->next;
        future_finish_and_release(future, (uint32_t)(FUTURE_NO_SLOT - future->slot));
    }
}

// ---- in

static uint32_t flags_of(struct future *future)
{
    uint32_t flags = future_group(future) ? SLOT_GROUPED : 0;
    if (atomic_load(&future->word) & FUTURE_WATCHED) flags |= SLOT_WATCHED;
    return flags;
}

static int find_free(struct process_pool *pool, uint32_t *tail)
{
    if (pool->used == SLOT_COUNT) return -1;
    while (pool->owner[*tail % SLOT_COUNT]) ++*tail;
    // Not a round ahead of the workers: they would come by here too early, and out of turn.
    if (*tail - atomic_load(&pool->slots->head) >= SLOT_COUNT) return -1;
    return (int)(*tail % SLOT_COUNT);
}

int process_place(struct process_pool *pool, struct future *future)
{
    uint32_t tail = atomic_load_explicit(&pool->slots->tail, memory_order_relaxed);
    int index = find_free(pool, &tail);
    if (index < 0) return -EAGAIN;
    struct slot *slot = &pool->slots->slot[index];
    slot->extent = ARENA_NONE;
    if (future->args_size > SLOT_BYTES) {
        slot->extent =
            arena_put(&pool->slots->arena, future_args(future), future->args_size);
        if (slot->extent < 0) return (int)slot->extent;
    } else if (future->args_size) {
        memcpy(slot->bytes, future_args(future), future->args_size);
    }
    struct map_group *group = future_group(future);
    slot->number = group ? group->number : 0;
    slot->task = future->task;
    slot->args_size = future->args_size;
    slot->result_size = future->result_size;
    slot->event = future_event(future);
    pool->args_extent[index] = slot->extent;
    pool->owner[index] = future;
    pool->used++;
    future->slot = (int16_t)index;
    uint32_t generation =
        (atomic_load(&slot->word) / SLOT_GENERATION + 1) * SLOT_GENERATION;
    atomic_store(&slot->word, generation | SLOT_READY | flags_of(future));
    atomic_store(&pool->slots->tail, tail + 1);
    return 0;
}

// ---- out

static void take_result(struct process_pool *pool, struct slot *slot,
                        struct future *future)
{
    size_t size = slot->result_size;
    if (!future->result || size > future->result_size) {
        future->result = malloc(size ? size : 1);
        future->result_is_heap = true;
    }
    future->result_size = size;
    int status = future->result ? 0 : -ENOMEM;
    if (status == 0 && size > SLOT_BYTES)
        status = arena_get(&pool->slots->arena, slot->extent, future->result, size);
    else if (status == 0 && size)
        memcpy(future->result, slot->bytes, size);
    if (size > SLOT_BYTES) arena_free(&pool->slots->arena, slot->extent, size);
    if (status != 0)
        future_set_error(future, status, 0, "the result could not be received");
}

static void take_error(struct slot *slot, struct future *future)
{
    struct failure failure;
    memcpy(&failure, slot->bytes, sizeof failure);
    failure.text[sizeof failure.text - 1] = '\0';
    future_set_error(future, slot->number, failure.signal, failure.text);
}

// Empties a slot that has ended, whose future then gets `state`.
static void empty(struct process_pool *pool, int index, uint32_t state,
                  struct finished *finished)
{
    struct slot *slot = &pool->slots->slot[index];
    struct future *future = pool->owner[index];
    arena_free(&pool->slots->arena, pool->args_extent[index], future->args_size);
    pool->owner[index] = NULL;
    pool->used--;
    // The next generation: a thread that slept here for this task sees that it is over, however
    // late it wakes.
    atomic_store(&slot->word,
                 (atomic_load(&slot->word) / SLOT_GENERATION + 1) * SLOT_GENERATION);
    add_finished(finished, future, state);
}

void process_collect(struct process_pool *pool, int index, struct finished *finished)
{
    struct slot *slot = &pool->slots->slot[index];
    struct future *future = pool->owner[index];
    if (!future) return;
    switch (slot_state(slot)) {
    case SLOT_DONE:
        take_result(pool, slot, future);
        empty(pool, index, future->error ? FUTURE_FAILED : FUTURE_DONE, finished);
        break;
    case SLOT_BROKEN:
        // What its worker had put into the arena, and not yet told of, is found here.
        if (slot->extent != pool->args_extent[index])
            arena_free(&pool->slots->arena, slot->extent, slot->result_size);
        // fall through
    case SLOT_FAILED:
        take_error(slot, future);
        empty(pool, index, FUTURE_FAILED, finished);
        break;
    case SLOT_CANCELLED:
        empty(pool, index, FUTURE_CANCELLED, finished);
    }
}

void process_collect_unwatched(struct process_pool *pool, struct finished *finished)
{
    for (int i = 0; i < SLOT_COUNT; i++)
        if (pool->owner[i] && !(atomic_load(&pool->owner[i]->word) & FUTURE_WATCHED))
            process_collect(pool, i, finished);
}

// ---- the backlog

static struct future *take_backlog(struct process_pool *pool, struct future **link)
{
    struct future *future = *link;
    *link = future->next;
    if (!*link) pool->backlog_end = link;
    return future;
}

static uint32_t ready_count(const struct slots *slots)
{
    return atomic_load(&slots->tail) - atomic_load(&slots->head); // or a few less
}

// When half of what is queued has been taken: the workers live on the rest meanwhile.
void process_call_for_refill(struct process_pool *pool)
{
    uint32_t refill_at =
        atomic_load(&pool->slots->head) + ready_count(pool->slots) / 2;
    if (refill_at == 0) refill_at = 1;
    atomic_store(&pool->slots->refill_at, refill_at);
    // The workers may have come that far before they could read it.
    if ((int32_t)(atomic_load(&pool->slots->head) - refill_at) >= 0)
        slots_call_keeper(pool->slots);
}

// The oldest of the backlog into a slot, or out of the pool; false: there is no slot.
static bool place_oldest(struct process_pool *pool, struct finished *finished)
{
    struct future *future = pool->backlog;
    int status =
        future->slot == FUTURE_NO_SLOT ? process_place(pool, future) : -ECANCELED;
    if (status == -EAGAIN) return false;
    take_backlog(pool, &pool->backlog);
    if (status == -ECANCELED) {
        future_release(future);
    } else if (status != 0) {
        future_set_error(future, status, 0, "the arguments could not be sent");
        add_finished(finished, future, FUTURE_FAILED);
    } else if (atomic_fetch_and(&future->word, ~(uint32_t)FUTURE_WAITED) &
               FUTURE_WAITED) {
        // They sleep on the slot's word instead.
        futex_wake(&future->word, INT_MAX, false);
    }
    return true;
}

void process_refill(struct process_pool *pool, struct finished *finished)
{
    if (!pool->backlog) return;
    bool placed;
    do { // again while the workers end tasks as fast as they come in
        process_collect_unwatched(pool, finished);
        for (placed = false; pool->backlog && place_oldest(pool, finished);)
            placed = true;
    } while (placed && pool->backlog && ready_count(pool->slots) < SLOT_COUNT / 4);
    if (pool->backlog) process_call_for_refill(pool);
    slots_call_worker(pool->slots);
}

bool process_group_failed(struct future *future)
{
    struct map_group *group = future_group(future);
    return group && atomic_load(&group->failed);
}

void process_cancel_pending(struct process_pool *pool,
                            bool (*chosen)(struct future *),
                            struct finished *finished)
{
    for (int i = 0; i < SLOT_COUNT; i++)
        if (pool->owner[i] && (!chosen || chosen(pool->owner[i])) &&
            slot_end(pool->slots, &pool->slots->slot[i], SLOT_READY, SLOT_CANCELLED))
            process_collect(pool, i, finished);
    for (struct future **link = &pool->backlog; *link;) {
        struct future *future = *link;
        if (future->slot == FUTURE_NO_SLOT && chosen && !chosen(future)) {
            link = &future->next;
            continue;
        }
        take_backlog(pool, link);
        if (future->slot == FUTURE_NO_SLOT)
            add_finished(finished, future, FUTURE_CANCELLED);
        else
            future_release(future); // was cancelled by itself
    }
}

void process_break_rest(struct process_pool *pool, struct finished *finished)
{
    static const char text[] = "the process pool is broken";
    for (int i = 0; i < SLOT_COUNT; i++) {
        struct slot *slot = &pool->slots->slot[i];
        if (!pool->owner[i]) continue;
        for (uint32_t state; (state = slot_state(slot)) < SLOT_DONE;) {
            slot_describe(slot, -ENOTRECOVERABLE, 0, text);
            slot_end(pool->slots, slot, state, SLOT_BROKEN);
        }
        process_collect(pool, i, finished);
    }
    while (pool->backlog) {
        struct future *future = take_backlog(pool, &pool->backlog);
        if (future->slot == FUTURE_NO_SLOT) {
            future_set_error(future, -ENOTRECOVERABLE, 0, text);
            add_finished(finished, future, FUTURE_FAILED);
        } else {
            future_release(future);
        }
    }
}
