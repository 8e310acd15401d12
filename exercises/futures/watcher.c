// Watchers: who is told when a future is done. The flag FUTURE_WATCHED and the list
// change together under the future's lock, so a finisher who sees the flag finds the
// watcher, and a watcher who finds the future final was not missed.

#include <stdlib.h>
#include "futures/executor.h"
#include "futures/futex.h"

// Sets the flag unless the state is final. Needs the lock.
static bool mark_watched(struct future *future)
{
    uint32_t word = atomic_load(&future->word);
    while ((word & FUTURE_STATE) < FUTURE_DONE)
        if (atomic_compare_exchange_weak(&future->word, &word,
                                         word | FUTURE_WATCHED))
            return true;
    return false;
}

bool future_watch(struct future *future, struct watcher *watcher)
{
    small_lock(&future->lock);
    bool added = mark_watched(future);
    if (added) {
        struct watcher **end = &future->watchers;
        while (*end) end = &(*end)->next;
        watcher->next = NULL;
        *end = watcher;
    }
    small_unlock(&future->lock);
    if (added && future->remote && future->generation == fork_generation)
        future->executor->operations->watch(future);
    return added;
}

void future_unwatch(struct future *future, struct watcher *watcher)
{
    small_lock(&future->lock);
    struct watcher **link = &future->watchers;
    while (*link && *link != watcher) link = &(*link)->next;
    if (*link) *link = watcher->next;
    small_unlock(&future->lock);
}

// Tells the internal ones, in order, and gives the others, which must be told
// without a lock.
static struct watcher *tell_internal(struct future *future)
{
    struct watcher *others = NULL, **end = &others;
    small_lock(&future->lock);
    for (struct watcher *watcher = future->watchers, *next; watcher;
         watcher = next) {
        next = watcher->next;
        watcher->next = NULL;
        if (watcher->internal) {
            watcher->done(future, watcher->data);
        } else {
            *end = watcher;
            end = &watcher->next;
        }
    }
    future->watchers = NULL;
    small_unlock(&future->lock);
    return others;
}

void future_tell_watchers(struct future *future)
{
    // A callback may free the future: this reference keeps it until the last one
    // returns.
    atomic_fetch_add(&future->word, FUTURE_REFERENCE);
    for (struct watcher *watcher = tell_internal(future), *next; watcher;
         watcher = next) {
        next = watcher->next;
        watcher->done(future, watcher->data);
        free(watcher);
    }
    future_release(future);
}

int future_on_done(struct future *future, void (*done)(struct future *, void *),
                   void *data)
{
    struct watcher *watcher = malloc(sizeof *watcher);
    if (!watcher) return -ENOMEM;
    *watcher = (struct watcher){.done = done, .data = data};
    if (future_watch(future, watcher)) return 0;
    free(watcher);
    done(future, data);
    return 0;
}
