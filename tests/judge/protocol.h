#ifndef JUDGE_PROTOCOL_H
#define JUDGE_PROTOCOL_H

// What judge and runner say to each other, over one SOCK_SEQPACKET pair (the runner's end is
// descriptor 3). Every packet is one struct message; bytes that do not fit travel in a memfd
// that is passed with it.
//
//     runner -> judge   READY, once: everything that comes before the clock is done
//     judge  -> runner  REQUEST, with a sealed memfd: the input of this very run
//     runner -> judge   CALL, with a pipe's writing end: a slow call that wants its reply there
//     runner -> judge   ANSWER, with the sequence number of the request and a memfd, or none
//     runner -> judge   TASKS, right after it, when the clock has stopped: what pools did
//
// The runner is not trusted: the judge believes no field of a packet without checking it.

#include <stdint.h>

enum { RUNNER_SOCKET = 3, RUNNER_PAGE = 4 }; // the runner's descriptors

enum message_kind {
    MESSAGE_READY = 1,
    MESSAGE_REQUEST = 2,
    MESSAGE_CALL = 3,
    MESSAGE_ANSWER = 4,
    MESSAGE_TASKS = 5,
};

// The one operation that every runner has: spin on `workers` threads, for the clock's sake.
// An exercise numbers its own from OPERATION_FIRST on.
enum { OPERATION_SPIN = 0, OPERATION_FIRST = 1 };

struct message {
    uint32_t kind;      // enum message_kind
    uint32_t operation; // request: what to do; call: which slow call
    uint64_t sequence;  // request, answer: the request's number
    int32_t executor;   // request: enum executor_kind
    int32_t workers;    // request: how many
    int32_t status;     // answer: what the student's function returned
    int32_t thread;     // call: the thread's id, as its own process sees it
    // request: x 1: a child of the runner's does the same at the same time; call: the
    // arguments; tasks: the mean number in flight, at most 2, in millionths (-1: none was
    // seen), and how many there were
    int64_t x, y;
    uint64_t size_bytes; // request, answer: what the memfd holds; 0: none is passed
};

// A slow call's reply, in the call's own pipe: the value that the call returns.
struct call_reply {
    int64_t value;
};

// What threads and processes of the runner leave behind when they end, since /proc forgets
// them: how long they ran and how long they waited for a processor.
enum { ENDED_LIMIT = 1024 };

struct ended_thread {
    int32_t process; // the ids as the thread itself sees them
    int32_t thread;
    uint64_t run_ns;
    uint64_t wait_ns;
};

struct ended_threads {
    _Atomic uint32_t count; // may pass ENDED_LIMIT: those beyond it are not listed
    struct ended_thread thread[ENDED_LIMIT];
};

// What the student's code waits for, so that a hang can be explained. Whoever enters a wait
// writes it down and takes it out again; futures are numbered as they are submitted.
enum { WAITS_LIMIT = 256, FUTURES_LIMIT = 4096 };

enum wait_kind { WAIT_NONE, WAIT_RESULT, WAIT_SEVERAL, WAIT_MAP, WAIT_SHUTDOWN };
enum task_state { TASK_PENDING, TASK_RUNNING, TASK_ENDED };

struct wait_entry {
    _Atomic int32_t thread; // as its process sees it; 0: the entry is free
    int32_t kind;           // enum wait_kind
    int32_t is_in_task;     // a worker waits, inside a task
    const void *future;     // that it waits for, where it is one
};

struct wait_board {
    // May pass FUTURES_LIMIT: those beyond it are not listed.
    _Atomic uint32_t submitted;
    const void *future[FUTURES_LIMIT];
    uint8_t state[FUTURES_LIMIT]; // enum task_state
    _Atomic uint32_t entries;
    struct wait_entry entry[WAITS_LIMIT];
};

// What the runner's delays are drawn from.
struct shake {
    uint32_t seed; // set by the judge before the start; 0: no delays
    _Atomic uint32_t threads;
};

// All that a runner shares with the judge; nothing in it is proof of anything.
struct runner_page {
    struct shake shake;
    struct ended_threads ended;
    struct wait_board board;
};

#endif
