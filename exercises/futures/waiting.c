// Waiting for several futures. Waiting for all of them goes through them from the
// last to the first: the last submitted mostly ends last, so the others are done by
// then, and the thread sleeps once. To be woken by the first that ends, a watcher is
// left at each.

#include <stdlib.h>
#include "futures/executor.h"
#include "futures/futex.h"
#include "futures/must.h"

struct completions {
    struct future *const *futures;
    struct watcher *watchers; // count
    size_t count;
    size_t given; // owner thread only: how many were handed out
    int64_t deadline;
    uint16_t generation;          // of the process that waits
    _Atomic uint32_t ended_count; // length of ended; what the owner sleeps on
    pthread_mutex_t lock;
    // guarded by lock:
    struct future *ended[]; // in the order in which they ended; up to count
};

static void note_end(struct completions *completions, struct future *future)
{
    lock_mutex(&completions->lock);
    uint32_t place = atomic_load(&completions->ended_count);
    completions->ended[place] = future;
    atomic_store(&completions->ended_count, place + 1);
    unlock_mutex(&completions->lock);
}

// Called by the finishing thread, under the future's lock.
static void watched_end(struct future *future, void *data)
{
    struct completions *completions = data;
    note_end(completions, future);
    futex_wake(&completions->ended_count, 1, false);
}

static struct completions *create(struct future *const futures[], size_t count,
                                  int64_t deadline)
{
    struct completions *completions =
        calloc(1, sizeof *completions + count * sizeof(struct future *));
    struct watcher *watchers = calloc(count ? count : 1, sizeof *watchers);
    if (!completions || !watchers || count >= UINT32_MAX) {
        free(completions);
        free(watchers);
        errno = ENOMEM;
        return NULL;
    }
    completions->futures = futures;
    completions->watchers = watchers;
    completions->count = count;
    completions->deadline = deadline;
    completions->generation = fork_generation;
    MUST(pthread_mutex_init(&completions->lock, NULL));
    for (size_t i = 0; i < count; i++) {
        watchers[i] = (struct watcher){
            .done = watched_end, .data = completions, .internal = true};
        if (!future_watch(futures[i], &watchers[i]))
            note_end(completions, futures[i]);
    }
    return completions;
}

struct completions *futures_as_completed(struct future *const futures[],
                                         size_t count, int timeout_ms)
{
    return create(futures, count, deadline_after_ms(timeout_ms));
}

void completions_free(struct completions *completions)
{
    if (!completions) return;
    for (size_t i = 0; i < completions->count; i++)
        future_unwatch(completions->futures[i], &completions->watchers[i]);
    pthread_mutex_destroy(&completions->lock);
    free(completions->watchers);
    free(completions);
}

// A worker that would sleep for tasks of its own pool runs one of them.
static bool help(struct completions *completions)
{
    if (!worker_executor) return false;
    if (worker_executor->operations->help) {
        worker_executor->operations->help(worker_executor);
        return true;
    }
    if (completions->deadline != FUTEX_FOR_EVER) return false;
    for (size_t i = 0; i < completions->count; i++)
        if (future_run_in_place(completions->futures[i])) return true;
    return false;
}

// Whether nothing here can end any more, because the pools were left behind by fork.
// Where all have ended meanwhile, that was only noted later than it was asked for.
static bool is_inherited(const struct completions *completions)
{
    bool is_open = false;
    for (size_t i = 0; i < completions->count; i++) {
        const struct future *future = completions->futures[i];
        if (future_is_final(future)) continue;
        if (future->generation == fork_generation) return false;
        is_open = true;
    }
    return is_open || completions->generation != fork_generation;
}

struct future *completions_next(struct completions *completions)
{
    errno = 0;
    if (completions->given == completions->count) return NULL;
    for (;;) {
        uint32_t ended = atomic_load(&completions->ended_count);
        if (completions->given < ended) break;
        if (is_inherited(completions)) {
            errno = EDEADLK;
            return NULL;
        }
        if (help(completions)) continue;
        if (futex_wait(&completions->ended_count, ended, completions->deadline,
                       false) != 0 &&
            atomic_load(&completions->ended_count) == ended) {
            errno = ETIMEDOUT;
            return NULL;
        }
    }
    lock_mutex(&completions->lock);
    struct future *future = completions->ended[completions->given++];
    unlock_mutex(&completions->lock);
    return future;
}

// ---- futures_wait

static int wait_for_all(struct future *const futures[], size_t count,
                        int64_t deadline)
{
    int status = 0;
    for (size_t i = count; i-- > 0 && status == 0;)
        status = future_wait(futures[i], deadline);
    return status;
}

static bool ends_wait(struct future *future, enum futures_when when)
{
    return when == FUTURES_FIRST_COMPLETED || future_state(future) == FUTURE_FAILED;
}

// Whether the condition holds already: the usual case of a poll, and it costs nothing.
static bool holds_now(struct future *const futures[], size_t count,
                      enum futures_when when)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (future_state(futures[i]) < FUTURE_DONE) continue;
        if (ends_wait(futures[i], when)) return true;
        done++;
    }
    return done == count;
}

static int wait_for_first(struct future *const futures[], size_t count,
                          enum futures_when when, int64_t deadline)
{
    struct completions *completions = create(futures, count, deadline);
    if (!completions) return -errno;
    struct future *future;
    while ((future = completions_next(completions)) && !ends_wait(future, when)) {
    }
    int status = -errno;
    completions_free(completions);
    return status;
}

int futures_wait(struct future *const futures[], size_t count,
                 enum futures_when when, int timeout_ms)
{
    int64_t deadline = deadline_after_ms(timeout_ms);
    if (when == FUTURES_ALL_COMPLETED) return wait_for_all(futures, count, deadline);
    if (holds_now(futures, count, when)) return 0;
    return deadline == 0 ? -ETIMEDOUT
                         : wait_for_first(futures, count, when, deadline);
}
