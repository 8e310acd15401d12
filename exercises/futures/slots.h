#ifndef FUTURES_SLOTS_H
#define FUTURES_SLOTS_H

// What the processes of a pool share: slots for tasks, and who does what. The whole truth about
// a task is in one word of its slot, every step is one compare-and-swap on it, and nothing
// is counted: so a process may be killed between any two instructions, and leaves no lock
// locked and no number wrong.
//
//     FREE -> READY -> RUNNING -> DONE, FAILED        by its worker
//              |          |-----> BROKEN              by the fork server: its worker died
//              |          `-> CONDEMNED -> BROKEN     by the fork server: it ran too long
//              `-> CANCELLED                          by the parent
//
// The parent puts tasks in at `tail`; workers look for READY ones from `head` on, which is only
// a hint: what is not READY there is passed over.

#include <stdatomic.h>
#include <stdbool.h>
#include "futures/arena.h"
#include "futures/executor.h"
#include "futures/futex.h"

// The word: a state, flags, the worker whose task it is, and a generation.
enum {
    SLOT_FREE,
    SLOT_READY,
    SLOT_RUNNING,
    SLOT_CONDEMNED,
    SLOT_DONE, // this and those after it are final
    SLOT_FAILED,
    SLOT_BROKEN,
    SLOT_CANCELLED,
    SLOT_STATE = 7,    // mask
    SLOT_WAITED = 8,   // somebody sleeps on the word
    SLOT_WATCHED = 16, // the keeper is to be called when it ends
    SLOT_GROUPED = 32, // the same, if it fails
    SLOT_FLAGS = SLOT_WAITED | SLOT_WATCHED | SLOT_GROUPED,
    SLOT_OWNER = 1 << 6,       // times the worker's number
    SLOT_OWNERS = 0x3ff << 6,  // mask
    SLOT_GENERATION = 1 << 16, // times how often it was used: an old word never fits
};

enum {
    SLOT_COUNT = 2048,
    SLOT_MAPS = 64,
    SLOT_WORDS = SLOT_COUNT / 64,
    SLOT_BYTES = 208, // of a small task's args or result
};

struct slot {
    _Alignas(64) _Atomic uint32_t word;
    int32_t number; // of its map, or 0; then of the error
    task_fn *task;  // the same address in all processes, for none has called exec
    size_t args_size;
    size_t result_size;
    struct trace_event *event;
    int64_t extent; // of args, then of the result, when larger than bytes
    // The args, then the result or a struct failure.
    _Alignas(16) char bytes[SLOT_BYTES];
};

// What bytes hold of a task that failed.
struct failure {
    int signal;
    char text[sizeof((struct task_error *)0)->text];
};

// What a worker is doing.
enum { WORKER_SEEKING, WORKER_CALLED, WORKER_BUSY, WORKER_ASLEEP, WORKER_DEAD };

struct worker_state {
    _Alignas(64) _Atomic uint32_t mode; // it sleeps on this
    _Atomic int64_t since_ns; // its task's start, where there is a time limit; or 0
    _Atomic uint32_t slot;    // its task's, while since_ns is not 0
    _Atomic bool entered;     // it has come so far as to look for tasks
    pid_t process;            // the fork server's own: who it is; 0: dead
};

struct slots {
    // set once before start:
    struct pool_options options;
    int keeper_event; // wakes the parent's keeper thread
    int server_event; // wakes the fork server
    struct arena arena;
    // the ring:
    _Alignas(64) _Atomic uint32_t tail;
    _Alignas(64) _Atomic uint32_t head;
    // When head comes here, the keeper puts more in; 0: never.
    _Atomic uint32_t refill_at;
    // the way to the end:
    _Alignas(64) _Atomic bool stop; // workers end when there is nothing READY
    _Atomic bool broken;            // workers end at once
    _Atomic bool server_dozes;      // it keeps no time limit until it is called
    _Atomic bool keeper_called;     // and need not be called again
    _Atomic bool group_failed;      // a GROUPED task has failed
    // A bit a slot that the keeper should look at.
    _Atomic uint64_t ended[SLOT_WORDS];
    _Atomic int32_t failed_maps[SLOT_MAPS]; // the last by number % SLOT_MAPS
    struct worker_state workers[EXECUTOR_MOST_WORKERS];
    struct slot slot[SLOT_COUNT];
};

static inline uint32_t slot_state(const struct slot *slot)
{
    return atomic_load(&slot->word) & SLOT_STATE;
}

static inline uint32_t slot_owner(uint32_t word)
{
    return (word & SLOT_OWNERS) / SLOT_OWNER;
}

static inline bool slots_have_work(struct slots *slots)
{
    return atomic_load(&slots->head) != atomic_load(&slots->tail);
}

// From state `from` to `to`, keeping generation, owner and flags; false: it was not `from`.
// word, if not NULL, gets what the word was.
bool slot_move(struct slot *slot, uint32_t from, uint32_t to, uint32_t *word);

// Ends a task in a final state, and tells who waits for it; false: it was not in `from`.
bool slot_end(struct slots *slots, struct slot *slot, uint32_t from, uint32_t to);

// Has the keeper called when it ends, or now if it has.
void slot_watch(struct slots *slots, struct slot *slot);

// Writes why a task failed, before its slot_end.
void slot_describe(struct slot *slot, int number, int signal, const char *text);

// Takes the next READY task for a worker; NULL: there is none.
struct slot *slots_claim(struct slots *slots, uint32_t worker);

// Makes sure that somebody looks for work; nobody is called when somebody is looking.
void slots_call_worker(struct slots *slots);
void slots_call_all_workers(struct slots *slots);

// Wakes the keeper or the server.
void slots_call_keeper(struct slots *slots);
void slots_call_server(struct slots *slots);

#endif
