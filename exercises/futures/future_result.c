// What the owner of a future asks: whether it has ended, and what came of it. A thread that
// waits while some worker is awake looks again for a moment before it sleeps.

#include <string.h>
#include "futures/executor.h"
#include "futures/futex.h"
#include "futures/spin.h"

int future_sleep(struct future *future, int64_t deadline)
{
    for (;;) {
        uint32_t word = atomic_load(&future->word);
        if ((word & FUTURE_STATE) >= FUTURE_DONE) return 0;
        if (!(word & FUTURE_WAITED) &&
            !atomic_compare_exchange_weak(&future->word, &word,
                                          word | FUTURE_WAITED))
            continue;
        if (futex_wait(&future->word, word | FUTURE_WAITED, deadline, false) != 0)
            return future_is_final(future) ? 0 : -ETIMEDOUT;
    }
}

int future_wait(struct future *future, int64_t deadline)
{
    if (future_is_final(future)) return 0;
    if (future->generation != fork_generation) return -EDEADLK;
    if (deadline == 0) return future_state(future) >= FUTURE_DONE ? 0 : -ETIMEDOUT;
    if (future->remote) return future->executor->operations->wait(future, deadline);
    if (deadline == FUTEX_FOR_EVER && future_run_in_place(future)) return 0;
    atomic_fetch_add_explicit(&waits_begun, 1, memory_order_relaxed);
    for (int turns = spin_beside(atomic_load(&workers_awake)); turns > 0; turns--) {
        if (future_is_final(future)) return 0;
        spin_pause();
    }
    return future_sleep(future, deadline);
}

uint32_t future_state(struct future *future)
{
    uint32_t state = future_state_here(future);
    if (state >= FUTURE_DONE || !future->remote ||
        future->generation != fork_generation)
        return state;
    return future->executor->operations->state(future);
}

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
