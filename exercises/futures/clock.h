#ifndef FUTURES_CLOCK_H
#define FUTURES_CLOCK_H

// The time that deadlines and traces are in: it never goes back, and all processes have the same.

#include <stdint.h>
#include <time.h>

// Nanoseconds of CLOCK_MONOTONIC.
static inline int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

#endif
