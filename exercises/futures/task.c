// A task while it runs: what it says beside its result and its number.
// The current call is a thread's own; process workers have one thread.

#include "futures/task.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Thread_local struct task_call *current;

int task_call(struct task_call *call, task_fn *task, const void *args, void *result)
{
    call->outer = current;
    call->result = NULL;
    call->result_size = 0;
    call->text[0] = '\0';
    current = call;
    int number = task(args, result);
    current = call->outer;
    return number;
}

void task_set_error(const char *text)
{
    if (current) snprintf(current->text, sizeof current->text, "%s", text);
}

int task_set_result(const void *bytes, size_t size)
{
    if (!current) return -EINVAL;
    void *copy = malloc(size ? size : 1);
    if (!copy) return -ENOMEM;
    if (size) memcpy(copy, bytes, size);
    free(current->result);
    current->result = copy;
    current->result_size = size;
    return 0;
}
