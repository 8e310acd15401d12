#ifndef FUTURES_TASK_H
#define FUTURES_TASK_H

// What task_set_error and task_set_result leave behind for the worker that runs the
// task. Tasks may nest (a worker that waits runs another in place), so they form a
// stack.

#include "futures/futures.h"

struct task_call {
    struct task_call *outer;
    void *result; // task_set_result's bytes; NULL: none. The worker's (free)
    size_t result_size;
    char text[sizeof((struct task_error *)0)->text];
};

// Calls the task inside a fresh struct task_call, and gives its number.
int task_call(struct task_call *call, task_fn *task, const void *args, void *result);

#endif
