// Promises: futures whose steps are taken by hand. For a plain future the executor
// holds the second reference; a promise has none, so its owner holds both in one.

#include <stdlib.h>
#include <string.h>
#include "futures/executor.h"

struct future *promise_create(void)
{
    struct future *future = future_new(NULL, NULL, NULL, 0, 0, NULL);
    if (future) atomic_store(&future->word, FUTURE_PENDING | FUTURE_REFERENCE);
    return future;
}

int promise_start(struct future *future)
{
    if (future_claim(future)) return 0;
    return future_state_here(future) == FUTURE_CANCELLED ? -ECANCELED : -EINVAL;
}

// Makes sure that the caller is the one to end it: nobody else ends a running
// promise, but two threads may both try to.
static int take(struct future *future)
{
    uint32_t word = atomic_load(&future->word);
    for (;;) {
        if ((word & FUTURE_STATE) >= FUTURE_DONE || word & FUTURE_ENDING)
            return -EINVAL;
        uint32_t flags = word & ~(uint32_t)FUTURE_STATE;
        uint32_t next = FUTURE_RUNNING | FUTURE_ENDING | flags;
        if (atomic_compare_exchange_weak(&future->word, &word, next)) return 0;
    }
}

int promise_set_result(struct future *future, const void *bytes, size_t size)
{
    void *copy = malloc(size ? size : 1);
    if (!copy) return -ENOMEM;
    if (take(future) != 0) {
        free(copy);
        return -EINVAL;
    }
    if (size) memcpy(copy, bytes, size);
    future->result = copy;
    future->result_is_heap = true;
    future->result_size = size;
    future_finish(future, FUTURE_DONE);
    return 0;
}

int promise_set_error(struct future *future, int number, const char *text)
{
    if (take(future) != 0) return -EINVAL;
    future_fail(future, number, 0, text);
    return 0;
}
