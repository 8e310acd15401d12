// Futures: one word a future, changed by compare-and-swap. Whoever moves it out of
// PENDING (a worker, a canceller, a waiter that helps) is the only one to move it on.

#include "futures/future.h"
#include <stdlib.h>
#include <string.h>
#include "futures/executor.h"
#include "futures/future_memory.h"
#include "futures/futex.h"
#include "futures/task.h"
#include "futures/trace_record.h"

enum { ALIGNMENT = 16 };

static struct task_error no_memory = {.number = -ENOMEM}; // for any error, then

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static void fill_extra(struct future_extra *extra, struct trace *trace,
                       struct map_group *group)
{
    extra->event = trace ? trace_submit(trace) : NULL;
    extra->group = group;
    if (group)
        atomic_fetch_add_explicit(&group->references, 1, memory_order_relaxed);
}

struct future *future_new(struct executor *executor, task_fn *task, const void *args,
                          size_t args_size, size_t result_size,
                          struct map_group *group)
{
    bool has_room = executor && result_size <= executor->operations->most_room;
    size_t room = has_room ? result_size : 0;
    if (args_size > UINT32_MAX || room > SIZE_MAX / 4) {
        errno = args_size > UINT32_MAX ? EFBIG : ENOMEM;
        return NULL;
    }
    struct trace *trace = executor ? executor->options.trace : NULL;
    bool has_extra = group || trace;
    size_t extra_size = has_extra ? sizeof(struct future_extra) : 0;
    int8_t memory;
    struct future *future = future_memory_take(
        sizeof *future + extra_size + aligned(args_size) + room, &memory);
    if (!future) return NULL;
    // Field by field: clearing the whole block would take as long as the rest of submit.
    atomic_init(&future->word, FUTURE_PENDING | 2 * FUTURE_REFERENCE);
    atomic_init(&future->lock, 0);
    future->task = task;
    future->next = NULL;
    future->executor = executor;
    future->args_size = (uint32_t)args_size;
    future->result_size = result_size;
    future->generation = fork_generation;
    future->slot = FUTURE_NO_SLOT;
    future->remote = future->result_is_heap = false;
    future->memory = memory;
    future->error = NULL;
    future->watchers = NULL;
    future->has_extra = has_extra;
    if (has_extra) fill_extra(future_extra(future), trace, group);
    char *args_copy = future_args(future);
    future->result = has_room ? args_copy + aligned(args_size) : NULL;
    if (args_size) memcpy(args_copy, args, args_size);
    return future;
}

struct map_group *map_group_create(void)
{
    static _Atomic uint32_t count;
    struct map_group *group = calloc(1, sizeof *group);
    if (!group) return NULL;
    group->references = 1;
    group->number = (int32_t)(atomic_fetch_add(&count, 1) % INT32_MAX) + 1;
    return group;
}

void map_group_release(struct map_group *group)
{
    if (group && atomic_fetch_sub(&group->references, 1) == 1) free(group);
}

static void destroy(struct future *future)
{
    if (future->remote) future->executor->operations->forget(future->executor);
    map_group_release(future_group(future));
    if (future->result_is_heap) free(future->result);
    if (future->error != &no_memory) free(future->error);
    future_memory_give(future, future->memory);
}

// How many there are, times FUTURE_REFERENCE.
static uint32_t references(uint32_t word)
{
    return word & ~(uint32_t)(FUTURE_REFERENCE - 1);
}

void future_release(struct future *future)
{
    // The last one need not write: nobody else can see the number any more.
    uint32_t word = atomic_load_explicit(&future->word, memory_order_acquire);
    if (references(word) != FUTURE_REFERENCE)
        word = atomic_fetch_sub(&future->word, FUTURE_REFERENCE);
    if (references(word) == FUTURE_REFERENCE) destroy(future);
}

void future_free(struct future *future)
{
    if (future) future_release(future);
}

// ---- steps

// What a step out of the state `before` into a final one owes to those who wait.
static void tell(struct future *future, uint32_t before)
{
    if (before & FUTURE_WAITED) futex_wake(&future->word, INT_MAX, false);
    if (before & FUTURE_WATCHED) future_tell_watchers(future);
}

// From pending to `state` by one compare-and-swap; false: it was not pending any more.
static bool leave_pending(struct future *future, uint32_t state)
{
    uint32_t word = atomic_load_explicit(&future->word, memory_order_relaxed);
    while ((word & FUTURE_STATE) == FUTURE_PENDING) {
        uint32_t rest =
            state >= FUTURE_DONE ? references(word) : word & ~(uint32_t)FUTURE_STATE;
        if (!atomic_compare_exchange_weak(&future->word, &word, state | rest))
            continue;
        if (state >= FUTURE_DONE) tell(future, word);
        return true;
    }
    return false;
}

bool future_claim(struct future *future)
{
    struct map_group *group = future_group(future);
    if (group && atomic_load(&group->failed)) {
        leave_pending(future, FUTURE_CANCELLED);
        return false;
    }
    return leave_pending(future, FUTURE_RUNNING);
}

void future_finish(struct future *future, uint32_t state)
{
    uint32_t word = atomic_load_explicit(&future->word, memory_order_relaxed);
    while (!atomic_compare_exchange_weak(&future->word, &word,
                                         state | references(word))) {
    }
    tell(future, word);
}

void future_finish_and_release(struct future *future, uint32_t state)
{
    uint32_t word = atomic_load_explicit(&future->word, memory_order_relaxed);
    uint32_t next;
    do {
        if (word & FUTURE_WATCHED) { // those who are told must find it there
            future_finish(future, state);
            future_release(future);
            return;
        }
        next = state | (references(word) - FUTURE_REFERENCE);
    } while (!atomic_compare_exchange_weak(&future->word, &word, next));
    // Its owner may have freed it by now. The address is enough to wake those who sleep; should
    // the memory be another future's already, a thread wakes for nothing and sleeps again.
    if (word & FUTURE_WAITED) futex_wake(&future->word, INT_MAX, false);
    if (references(next) == 0) destroy(future);
}

void future_set_error(struct future *future, int number, int signal,
                      const char *text)
{
    struct map_group *group = future_group(future);
    if (group) atomic_store(&group->failed, true);
    future->error = malloc(sizeof *future->error);
    if (future->error)
        *future->error = (struct task_error){.number = number, .signal = signal};
    else
        future->error = &no_memory;
    if (text && future->error != &no_memory)
        strncpy(future->error->text, text, sizeof future->error->text - 1);
}

void future_fail(struct future *future, int number, int signal, const char *text)
{
    future_set_error(future, number, signal, text);
    future_finish(future, FUTURE_FAILED);
}

void future_end_pending(struct future *future, bool broken)
{
    if (!broken)
        leave_pending(future, FUTURE_CANCELLED);
    else if (future_claim(future))
        future_fail(future, -ENOTRECOVERABLE, 0, "a worker's initializer failed");
    future_release(future);
}

// Calls a claimed future's task. The state to come; result or error are in place.
static uint32_t call_task(struct future *future)
{
    struct task_call call;
    struct trace_event *event = future_event(future);
    if (event) trace_start(event, worker_index);
    if (future->result_size) memset(future->result, 0, future->result_size);
    int number = task_call(&call, future->task, future_args(future), future->result);
    if (event) trace_end(event);
    if (number != 0) {
        free(call.result);
        future_set_error(future, number, 0, call.text);
        return FUTURE_FAILED;
    }
    if (call.result) {
        future->result = call.result;
        future->result_is_heap = true;
        future->result_size = call.result_size;
    }
    return FUTURE_DONE;
}

void future_run(struct future *future)
{
    if (future_claim(future))
        future_finish_and_release(future, call_task(future));
    else
        future_release(future);
}

bool future_run_in_place(struct future *future)
{
    if (!worker_executor || future->executor != worker_executor || future->remote ||
        !future_claim(future))
        return false;
    future_finish(future, call_task(future));
    return true;
}

bool future_cancel(struct future *future)
{
    if (future->remote && future->generation == fork_generation)
        return future->executor->operations->cancel(future) ||
               future_state_here(future) == FUTURE_CANCELLED;
    return leave_pending(future, FUTURE_CANCELLED) ||
           future_state_here(future) == FUTURE_CANCELLED;
}
