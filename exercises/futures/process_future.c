// A process pool's future, as the parent's threads see it. A thread that waits for a task looks
// at its slot and collects it; what nobody waits for, or what is watched, is left to the keeper.

#include "futures/must.h"
#include "futures/process_queue.h"
#include "futures/spin.h"

// Those that really run: one that was only called may be put on this very CPU, if we leave it.
static int awake_workers(struct slots *slots)
{
    int awake = 0;
    for (int i = 0; i < slots->options.workers; i++) {
        uint32_t mode =
            atomic_load_explicit(&slots->workers[i].mode, memory_order_relaxed);
        awake += mode == WORKER_SEEKING || mode == WORKER_BUSY;
    }
    return awake;
}

// Whether a slot's word `now` still speaks of the task of `before`, and it has not ended.
static bool is_under_way(uint32_t now, uint32_t before)
{
    uint32_t state = now & SLOT_STATE;
    return now / SLOT_GENERATION == before / SLOT_GENERATION && state != SLOT_FREE &&
           state < SLOT_DONE;
}

// Until the task of `word` has ended, by spinning, then sleeping. 0 or -ETIMEDOUT.
static int wait_for_slot(struct slots *slots, struct slot *slot, uint32_t word,
                         int64_t deadline)
{
    uint32_t now = word;
    for (int turns = spin_beside(awake_workers(slots)); turns > 0; turns--) {
        now = atomic_load_explicit(&slot->word, memory_order_acquire);
        if (!is_under_way(now, word)) return 0;
        spin_pause();
    }
    while (is_under_way(now, word)) {
        if (!(now & SLOT_WAITED) &&
            !atomic_compare_exchange_weak(&slot->word, &now, now | SLOT_WAITED))
            continue;
        if (futex_wait(&slot->word, now | SLOT_WAITED, deadline, true) != 0)
            return -ETIMEDOUT;
        now = atomic_load(&slot->word);
    }
    return 0;
}

// One look: true when it was final, or has been collected; else where to look next, in *slot
// (NULL: the future's own word) and *word.
static bool look(struct process_pool *pool, struct future *future,
                 struct slot **slot, uint32_t *word)
{
    struct finished finished;
    process_finished_init(&finished);
    *slot = NULL;
    lock_mutex(&pool->lock);
    *word = atomic_load(&future->word);
    bool is_final = (*word & FUTURE_STATE) >= FUTURE_DONE;
    if (!is_final && future->slot >= 0) {
        *slot = &pool->slots->slot[future->slot];
        uint32_t slot_word =
            atomic_load(&(*slot)->word); // once: it may end at any moment
        bool watched = *word & FUTURE_WATCHED;
        bool ended = (slot_word & SLOT_STATE) >= SLOT_DONE;
        // What is watched is finished by the keeper, in whose thread callbacks belong.
        if (ended && !watched) process_collect(pool, future->slot, &finished);
        if (ended) *slot = NULL;
        *word = slot_word;
    }
    if (!is_final && !*slot && !finished.first)
        *word = atomic_fetch_or(&future->word, FUTURE_WAITED) | FUTURE_WAITED;
    unlock_mutex(&pool->lock);
    is_final = is_final || finished.first;
    process_finish(&finished);
    return is_final;
}

int process_future_wait(struct future *future, int64_t deadline)
{
    struct process_pool *pool = process_pool_of(future->executor);
    struct slot *slot;
    uint32_t word;
    if (worker_executor == &pool->common)
        return process_keeper_wait(pool, future, deadline);
    while (!look(pool, future, &slot, &word)) {
        int status = slot ? wait_for_slot(pool->slots, slot, word, deadline)
                          : futex_wait(&future->word, word, deadline, false);
        if (status != 0) return future_state(future) >= FUTURE_DONE ? 0 : status;
    }
    return 0;
}

uint32_t process_future_state(struct future *future)
{
    struct process_pool *pool = process_pool_of(future->executor);
    struct finished finished;
    process_finished_init(&finished);
    lock_mutex(&pool->lock);
    bool running = future->slot < -1; // its end is on its way
    if (future->slot >= 0) {
        struct slot *slot = &pool->slots->slot[future->slot];
        running = slot_state(slot) != SLOT_READY;
        if (!(atomic_load(&future->word) & FUTURE_WATCHED))
            process_collect(pool, future->slot, &finished);
    }
    unlock_mutex(&pool->lock);
    process_finish(&finished);
    uint32_t here = future_state_here(future);
    return here == FUTURE_PENDING && running ? FUTURE_RUNNING : here;
}

bool process_future_cancel(struct future *future)
{
    struct process_pool *pool = process_pool_of(future->executor);
    struct finished finished;
    process_finished_init(&finished);
    lock_mutex(&pool->lock);
    bool in_backlog = future->slot == FUTURE_NO_SLOT && !future_is_final(future);
    if (in_backlog)
        future->slot = process_slot_for(FUTURE_CANCELLED); // the keeper drops it
    if (future->slot >= 0 && slot_end(pool->slots, &pool->slots->slot[future->slot],
                                      SLOT_READY, SLOT_CANCELLED))
        process_collect(pool, future->slot, &finished);
    unlock_mutex(&pool->lock);
    bool cancelled = in_backlog || finished.first;
    if (in_backlog) future_finish(future, FUTURE_CANCELLED);
    process_finish(&finished);
    return cancelled;
}

// Somebody watches it now: its end calls the keeper, or has been.
void process_future_watch(struct future *future)
{
    struct process_pool *pool = process_pool_of(future->executor);
    lock_mutex(&pool->lock);
    if (future->slot >= 0) slot_watch(pool->slots, &pool->slots->slot[future->slot]);
    unlock_mutex(&pool->lock);
}

// A callback waits for several futures in the keeper's thread, which is the one to end them.
void process_future_help(struct executor *executor)
{
    process_keeper_wait(process_pool_of(executor), NULL, 0);
}
