#ifndef FUTURES_NOTES_H
#define FUTURES_NOTES_H

// What callbacks leave behind for the test that waits for them.

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>
#include "futures_tasks.h"

struct notes {
    struct gate gate;
    struct executor *executor;
    struct future *other;
    char order[8];
    _Atomic int length;
    pthread_t thread;
    _Atomic int value;
};

// A callback says that it has come to its end, and the test waits for that.
static inline void say_done(struct notes *notes)
{
    ck_assert_int_eq(write(notes->gate.inside[1], "x", 1), 1);
}

static inline void await_callback(struct notes *notes)
{
    gate_await(&notes->gate, 1);
}

static inline void note(struct notes *notes, char letter)
{
    notes->order[atomic_fetch_add(&notes->length, 1)] = letter;
}

#endif
