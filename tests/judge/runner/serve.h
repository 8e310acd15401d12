#ifndef RUNNER_SERVE_H
#define RUNNER_SERVE_H

// The runner's side of the protocol. runner/main.c takes the requests and sends the answers;
// the exercise's own runner.c says what to do with one.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "judge/protocol.h"

// An answer in the making: what the student's function returned, and the bytes it wrote.
struct answer {
    int status;
    void *bytes; // NULL or malloc'ed; main.c frees it
    size_t size_bytes;
};

// A request is done again for a debugger: there is no judge to ask. Set before serve_prepare.
extern bool runner_is_replay;

// Does what has to come before the clock, such as opening a library. Each exercise defines it.
void serve_prepare(void);

// Does what the request asks: calls the student's function on the input (read-only, mapped,
// borrowed) and leaves what it returned and wrote in answer. Each exercise defines it.
void serve(const struct message *request, const void *input, struct answer *answer);

#endif
