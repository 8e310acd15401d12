// A process worker: works, looks around for a while, sleeps. It ends by _exit, so nothing of
// what the parent registered to run at its end runs here.

#include "futures/process.h"
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "futures/spin.h"
#include "futures/task.h"
#include "futures/trace_record.h"

static _Noreturn void leave(int status)
{
    fflush(stdout); // what tasks printed: _exit would drop it
    _exit(status);
}

// ---- a task

// Where the args are: in the slot, or copied out of the arena (*copy, to be freed).
static int fetch_args(struct slots *slots, struct slot *slot, void **copy)
{
    *copy = NULL;
    if (slot->args_size <= SLOT_BYTES) return 0;
    *copy = malloc(slot->args_size);
    if (!*copy) return -ENOMEM;
    return arena_get(&slots->arena, slot->extent, *copy, slot->args_size);
}

// Puts the result where the parent finds it: over the args, which have been used.
static int deliver(struct slots *slots, struct slot *slot, const void *result,
                   size_t size)
{
    if (size <= SLOT_BYTES) {
        slot->result_size = size;
        if (size) memcpy(slot->bytes, result, size);
        return 0;
    }
    int64_t extent = arena_put(&slots->arena, result, size);
    if (extent < 0) return (int)extent;
    slot->result_size = size;
    slot->extent = extent;
    return 0;
}

static uint32_t fail(struct slot *slot, int number, const char *text)
{
    slot_describe(slot, number, 0, text);
    return SLOT_FAILED;
}

static uint32_t call_task(struct slots *slots, struct slot *slot, const void *args,
                          void *result)
{
    struct task_call call;
    int number = task_call(&call, slot->task, args, result);
    if (number != 0) {
        free(call.result);
        return fail(slot, number, call.text);
    }
    size_t size = call.result ? call.result_size : slot->result_size;
    int status = deliver(slots, slot, call.result ? call.result : result, size);
    free(call.result);
    if (status != 0) return fail(slot, status, "the result could not be sent");
    return SLOT_DONE;
}

// The state in which the task ends.
static uint32_t run(struct slots *slots, struct slot *slot)
{
    _Alignas(16) char room[SLOT_BYTES];
    void *args, *result = room;
    size_t size = slot->result_size;
    uint32_t state;
    if (size > sizeof room)
        result = calloc(1, size);
    else
        memset(room, 0, size);
    int status = fetch_args(slots, slot, &args);
    if (status != 0 || !result)
        state = fail(slot, status ? status : -ENOMEM,
                     "no memory for the task in its worker");
    else
        state = call_task(slots, slot, args ? args : slot->bytes, result);
    free(args);
    if (result != room) free(result);
    return state;
}

// A task of a map that has failed is not started. The keeper cancels those that are pending,
// but workers may be faster.
static bool cancel_of_failed_map(struct slots *slots, struct slot *slot)
{
    int32_t map = slot->number;
    if (map == 0 || atomic_load(&slots->failed_maps[map % SLOT_MAPS]) != map)
        return false;
    while (!slot_end(slots, slot, SLOT_RUNNING, SLOT_CANCELLED)) pause();
    return true;
}

static void run_timed(struct slots *slots, struct slot *slot, int me)
{
    int32_t map = slot->number;
    if (cancel_of_failed_map(slots, slot)) return;
    struct worker_state *state = &slots->workers[me];
    if (slots->options.task_timeout_ms > 0) {
        atomic_store(&state->slot, (uint32_t)(slot - slots->slot));
        atomic_store(&state->since_ns, clock_ns());
        if (atomic_exchange(&slots->server_dozes, false)) slots_call_server(slots);
    }
    if (slot->event) trace_start(slot->event, me);
    uint32_t end = run(slots, slot);
    if (slot->event) trace_end(slot->event);
    if (map != 0 && end == SLOT_FAILED)
        atomic_store(&slots->failed_maps[map % SLOT_MAPS], map);
    if (slots->options.task_timeout_ms > 0) atomic_store(&state->since_ns, 0);
    // Where the server has condemned it, the kill is on its way.
    while (!slot_end(slots, slot, SLOT_RUNNING, end)) pause();
}

// ---- between tasks

static bool others_seek(struct slots *slots, int me)
{
    for (int i = 0; i < slots->options.workers; i++)
        if (i != me && atomic_load(&slots->workers[i].mode) == WORKER_SEEKING)
            return true;
    return false;
}

static struct slot *look_around(struct slots *slots, int me)
{
    int turns = others_seek(slots, me) ? 1 : spin_turns(slots->options.spin_us);
    do {
        struct slot *slot = slots_claim(slots, (uint32_t)me);
        if (slot) return slot;
        if (atomic_load(&slots->stop) || atomic_load(&slots->broken)) return NULL;
        spin_pause();
    } while (--turns > 0);
    return NULL;
}

static void sleep_until_called(struct slots *slots, int me)
{
    _Atomic uint32_t *mode = &slots->workers[me].mode;
    atomic_store(mode, WORKER_ASLEEP);
    // Said first, looked second: whoever brings work in between finds us asleep, or we find
    // the work.
    if (!slots_have_work(slots) && !atomic_load(&slots->stop) &&
        !atomic_load(&slots->broken))
        while (atomic_load(mode) == WORKER_ASLEEP)
            futex_wait(mode, WORKER_ASLEEP, FUTEX_FOR_EVER, true);
    atomic_store(mode, WORKER_SEEKING);
}

_Noreturn void process_worker_run(struct executor *executor, struct slots *slots,
                                  int me)
{
    _Atomic uint32_t *mode = &slots->workers[me].mode;
    int left = slots->options.tasks_per_worker;
    __fpurge(stdout); // what the parent had not written out yet, it will
    worker_index = me;
    if (executor_begin_worker(executor, me) != 0) {
        atomic_store(&slots->broken, true);
        leave(1);
    }
    atomic_store(&slots->workers[me].entered, true);
    for (;;) {
        atomic_store(mode, WORKER_SEEKING);
        struct slot *slot = look_around(slots, me);
        bool worked = slot;
        if (slot) {
            atomic_store(mode, WORKER_BUSY);
            if (slots_have_work(slots)) slots_call_worker(slots);
        }
        for (; slot; slot = slots_claim(slots, (uint32_t)me)) {
            run_timed(slots, slot, me);
            if (left > 0 && --left == 0) leave(0);
            if (atomic_load(&slots->broken)) leave(0);
        }
        if (atomic_load(&slots->broken)) leave(0);
        if (worked) continue; // look around once more before the sleep
        if (atomic_load(&slots->stop) && !slots_have_work(slots)) leave(0);
        sleep_until_called(slots, me);
    }
}
