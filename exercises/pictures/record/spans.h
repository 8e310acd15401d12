#ifndef PICTURES_SPANS_H
#define PICTURES_SPANS_H

// What the thread that calls the exercise's function does in there: a span for each call of
// an executor or a future. The calls are seen because the program is linked with --wrap.
//
//     spans_begin(&spans);                  // from now on, in this thread
//     submit_table(...);
//     spans_end();
//
// One thread records; calls that a call makes itself leave no span.

#include <stddef.h>
#include <stdint.h>

struct span {
    const char *name; // of the function, borrowed for ever
    int64_t begin_ns; // CLOCK_MONOTONIC
    int64_t end_ns;
    int workers; // of the executor that it created, or 0
};

struct spans {
    size_t count; // those beyond the room are left out
    size_t room;
    struct span *span; // room of them
};

// Records this thread's calls in spans, borrowed until spans_end.
void spans_begin(struct spans *spans);
void spans_end(void);

// Adds one; full spans stay as they are.
void spans_add(struct spans *spans, const char *name, int64_t begin_ns,
               int64_t end_ns);

int64_t span_clock_ns(void);

#endif
