#ifndef FUTURES_FUTEX_H
#define FUTURES_FUTEX_H

// Sleeping on a 32-bit word until somebody changes it, and the moments at which to give
// up. A deadline is in nanoseconds of CLOCK_MONOTONIC; FUTEX_FOR_EVER means none.

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "futures/clock.h"
#include "futures/spin.h"

#define FUTEX_FOR_EVER INT64_MAX

// When a timeout that starts now ends: negative is never, 0 has already passed.
static inline int64_t deadline_after_ms(int timeout_ms)
{
    if (timeout_ms < 0) return FUTEX_FOR_EVER;
    return timeout_ms == 0 ? 0 : clock_ns() + (int64_t)timeout_ms * 1000000;
}

// Sleeps while *word is value. shared: another process may be the one to wake us.
// 0 (look again: it may have been for nothing) or -ETIMEDOUT.
static inline int futex_wait(_Atomic uint32_t *word, uint32_t value,
                             int64_t deadline, bool shared)
{
    struct timespec until = {deadline / 1000000000, deadline % 1000000000};
    int operation = FUTEX_WAIT_BITSET | (shared ? 0 : FUTEX_PRIVATE_FLAG);
    long status = syscall(SYS_futex, word, operation, value,
                          deadline == FUTEX_FOR_EVER ? NULL : &until, NULL,
                          FUTEX_BITSET_MATCH_ANY);
    return status < 0 && errno == ETIMEDOUT ? -ETIMEDOUT : 0;
}

static inline void futex_wake(_Atomic uint32_t *word, int sleepers, bool shared)
{
    int operation = FUTEX_WAKE | (shared ? 0 : FUTEX_PRIVATE_FLAG);
    syscall(SYS_futex, word, operation, sleepers, NULL, NULL, 0);
}

enum { SMALL_LOCK_LOOKS = 100 };

// A mutex in one word, held for some instructions only: 0 free, 1 taken, 2 taken and somebody
// sleeps. A thread that finds it taken looks again for a moment before it sleeps.
static inline void small_lock(_Atomic uint32_t *lock)
{
    for (int looks = 0; looks < SMALL_LOCK_LOOKS; looks++) {
        uint32_t state = 0;
        if (atomic_load_explicit(lock, memory_order_relaxed) == 0 &&
            atomic_compare_exchange_strong(lock, &state, 1))
            return;
        spin_pause();
    }
    while (atomic_exchange(lock, 2) != 0) futex_wait(lock, 2, FUTEX_FOR_EVER, false);
}

static inline void small_unlock(_Atomic uint32_t *lock)
{
    if (atomic_exchange(lock, 0) == 2) futex_wake(lock, 1, false);
}

#endif
