// What the owner of a future asks: how it ended, and what came of it.

#include <string.h>
#include "futures/executor.h"
#include "futures/futex.h"

static int outcome(struct future *future, int timeout_ms)
{
    int status = future_wait(future, deadline_after_ms(timeout_ms));
    if (status != 0) return status;
    uint32_t state = future_state_here(future);
    if (state == FUTURE_CANCELLED) return -ECANCELED;
    return state == FUTURE_FAILED ? -ECHILD : 0;
}

int future_result(struct future *future, void *result, int timeout_ms)
{
    int status = outcome(future, timeout_ms);
    if (status == 0 && result && future->result_size)
        memcpy(result, future->result, future->result_size);
    return status;
}

int future_error(struct future *future, struct task_error *error, int timeout_ms)
{
    int status = outcome(future, timeout_ms);
    if (!error) return status;
    *error = status == -ECHILD ? *future->error : (struct task_error){0};
    return status;
}

size_t future_result_size(struct future *future)
{
    return future_state(future) == FUTURE_DONE ? future->result_size : 0;
}

bool future_is_done(struct future *future)
{
    return future_state(future) >= FUTURE_DONE;
}

bool future_is_running(struct future *future)
{
    return future_state(future) == FUTURE_RUNNING;
}

bool future_is_cancelled(struct future *future)
{
    return future_state(future) == FUTURE_CANCELLED;
}
