// Slots: the steps that both the parent's threads and the workers take.

#include "futures/slots.h"
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>

bool slot_move(struct slot *slot, uint32_t from, uint32_t to, uint32_t *word)
{
    uint32_t before = atomic_load(&slot->word);
    while ((before & SLOT_STATE) == from)
        if (atomic_compare_exchange_weak(&slot->word, &before,
                                         (before ^ from) | to)) {
            if (word) *word = before;
            return true;
        }
    return false;
}

void slots_call_keeper(struct slots *slots)
{
    if (!atomic_exchange(&slots->keeper_called, true))
        eventfd_write(slots->keeper_event, 1);
}

void slots_call_server(struct slots *slots)
{
    eventfd_write(slots->server_event, 1);
}

// Leaves word that the keeper should look at this slot.
static void call_keeper_to(struct slots *slots, const struct slot *slot)
{
    size_t index = (size_t)(slot - slots->slot);
    atomic_fetch_or(&slots->ended[index / 64], (uint64_t)1 << index % 64);
    slots_call_keeper(slots);
}

bool slot_end(struct slots *slots, struct slot *slot, uint32_t from, uint32_t to)
{
    uint32_t before;
    if (!slot_move(slot, from, to, &before)) return false;
    if (before & SLOT_WAITED) futex_wake(&slot->word, INT_MAX, true);
    bool failed = to == SLOT_FAILED || to == SLOT_BROKEN;
    if (!(before & SLOT_WATCHED) && !(failed && before & SLOT_GROUPED)) return true;
    if (failed && before & SLOT_GROUPED) atomic_store(&slots->group_failed, true);
    call_keeper_to(slots, slot);
    return true;
}

void slot_watch(struct slots *slots, struct slot *slot)
{
    uint32_t word = atomic_load(&slot->word);
    while ((word & SLOT_STATE) < SLOT_DONE)
        if (atomic_compare_exchange_weak(&slot->word, &word, word | SLOT_WATCHED))
            return;
    call_keeper_to(slots, slot);
}

void slot_describe(struct slot *slot, int number, int signal, const char *text)
{
    struct failure *failure = (struct failure *)slot->bytes;
    slot->number = number;
    failure->signal = signal;
    snprintf(failure->text, sizeof failure->text, "%s", text);
}

// The keeper wants to know when the ring has room for more.
static void call_for_refill(struct slots *slots, uint32_t place)
{
    uint32_t refill_at =
        atomic_load_explicit(&slots->refill_at, memory_order_relaxed);
    if (refill_at == 0 || (int32_t)(place - refill_at) < 0) return;
    if (atomic_compare_exchange_strong(&slots->refill_at, &refill_at, 0))
        slots_call_keeper(slots);
}

struct slot *slots_claim(struct slots *slots, uint32_t worker)
{
    uint32_t place = atomic_load(&slots->head);
    while (place != atomic_load(&slots->tail)) {
        struct slot *slot = &slots->slot[place % SLOT_COUNT];
        uint32_t word = atomic_load(&slot->word);
        while ((word & SLOT_STATE) == SLOT_READY) {
            uint32_t running =
                (word ^ SLOT_READY) | SLOT_RUNNING | worker * SLOT_OWNER;
            if (!atomic_compare_exchange_weak(&slot->word, &word, running)) continue;
            atomic_compare_exchange_strong(&slots->head, &place, place + 1);
            call_for_refill(slots, place);
            return slot;
        }
        if (!atomic_compare_exchange_strong(&slots->head, &place, place + 1))
            continue;
        call_for_refill(slots, place++);
    }
    return NULL;
}

static bool wake(struct worker_state *worker)
{
    uint32_t mode = WORKER_ASLEEP;
    if (!atomic_compare_exchange_strong(&worker->mode, &mode, WORKER_CALLED))
        return false;
    futex_wake(&worker->mode, 1, true);
    return true;
}

void slots_call_worker(struct slots *slots)
{
    int sleeper = -1;
    for (int i = 0; i < slots->options.workers; i++) {
        uint32_t mode = atomic_load(&slots->workers[i].mode);
        if (mode <= WORKER_CALLED) return;
        if (mode == WORKER_ASLEEP && sleeper < 0) sleeper = i;
    }
    for (int i = sleeper; i >= 0 && i < slots->options.workers; i++)
        if (wake(&slots->workers[i])) return;
}

void slots_call_all_workers(struct slots *slots)
{
    for (int i = 0; i < slots->options.workers; i++) wake(&slots->workers[i]);
}
