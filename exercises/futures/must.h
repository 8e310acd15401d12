#ifndef FUTURES_MUST_H
#define FUTURES_MUST_H

// For calls that cannot fail unless the program is wrong: says which one did, and
// aborts.

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(call) must((call), #call)

static inline void must(int error, const char *call)
{
    if (error == 0) return;
    fprintf(stderr, "futures: %s: %s\n", call, strerror(error));
    abort();
}

static inline void lock_mutex(pthread_mutex_t *mutex)
{
    MUST(pthread_mutex_lock(mutex));
}

static inline void unlock_mutex(pthread_mutex_t *mutex)
{
    MUST(pthread_mutex_unlock(mutex));
}

#endif
