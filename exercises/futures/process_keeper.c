// The keeper: the parent's thread that finishes what nobody waits for. It sleeps until it is
// called: when a watched task has ended, when the ring has room for the backlog, when a
// worker or the server died. Unwatched tasks are left to those who wait for them.

#include "futures/process.h"
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include "futures/must.h"
#include "futures/process_queue.h"

// Collects the slots that called for it. Needs the lock.
static void collect_called(struct process_pool *pool, struct finished *finished)
{
    for (int word = 0; word < SLOT_WORDS; word++) {
        if (atomic_load(&pool->slots->ended[word]) == 0) continue;
        uint64_t bits = atomic_exchange(&pool->slots->ended[word], 0);
        for (; bits; bits &= bits - 1)
            process_collect(pool, word * 64 + __builtin_ctzll(bits), finished);
    }
}

// When there is no more to be put in, the workers may go.
static void let_workers_go(struct process_pool *pool)
{
    if (!pool->stop || pool->backlog || atomic_load(&pool->slots->stop)) return;
    atomic_store(&pool->slots->stop, true);
    slots_call_all_workers(pool->slots);
    slots_call_server(pool->slots);
}

static void do_round(struct process_pool *pool)
{
    struct finished finished;
    process_finished_init(&finished);
    lock_mutex(&pool->lock);
    if (pool->slots->broken) pool->broken = true;
    collect_called(pool, &finished);
    if (atomic_exchange(&pool->slots->group_failed, false))
        process_cancel_pending(pool, process_group_failed, &finished);
    process_refill(pool, &finished);
    let_workers_go(pool);
    unlock_mutex(&pool->lock);
    process_finish(&finished);
}

// Sleeps until called; false: the server has ended.
static bool wait_for_call(struct process_pool *pool, int timeout_ms)
{
    struct pollfd files[] = {{.fd = pool->slots->keeper_event, .events = POLLIN},
                             {.fd = pool->server_pidfd, .events = POLLIN}};
    if (poll(files, 2, timeout_ms) <= 0) return true;
    eventfd_t count;
    if (files[0].revents) {
        // In this order: a call in between is made again.
        eventfd_read(pool->slots->keeper_event, &count);
        atomic_store(&pool->slots->keeper_called, false);
    }
    return !files[1].revents;
}

// The server has ended, so no worker is left: what has not ended never will.
static void end_all(struct process_pool *pool)
{
    struct finished finished;
    process_finished_init(&finished);
    lock_mutex(&pool->lock);
    if (!pool->stop || !atomic_load(&pool->slots->stop)) pool->broken = true;
    process_break_rest(pool, &finished);
    unlock_mutex(&pool->lock);
    process_finish(&finished);
    lock_mutex(&pool->lock);
    pool->ended = true;
    pthread_cond_broadcast(&pool->ended_condition);
    unlock_mutex(&pool->lock);
}

void *process_keeper_run(void *argument)
{
    struct process_pool *pool = argument;
    worker_executor = &pool->common; // a callback that waits for itself is refused
    while (wait_for_call(pool, -1)) do_round(pool);
    waitpid(pool->server, NULL, 0);
    end_all(pool);
    return NULL;
}

// In a callback, which the keeper itself runs, nobody else would collect.
int process_keeper_wait(struct process_pool *pool, struct future *future,
                        int64_t deadline)
{
    enum { TICK_MS = 10 }; // others than this pool may end what is waited for
    do {
        if (future && future_is_final(future)) return 0;
        if (future) process_future_watch(future); // its end calls us, once in a slot
        if (!wait_for_call(pool, TICK_MS)) {
            end_all(pool);
            continue;
        }
        do_round(pool);
        if (!future) return 0;
    } while (clock_ns() < deadline);
    return future_is_final(future) ? 0 : -ETIMEDOUT;
}
