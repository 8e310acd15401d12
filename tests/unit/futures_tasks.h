#ifndef FUTURES_TASKS_H
#define FUTURES_TASKS_H

// Tasks for the tests of futures, and gates at which a test holds them without sleeping.
// A gate is a pair of pipes, so it works across processes that were forked after gate_init.

#include <stdbool.h>
#include <stddef.h>
#include <check.h>
#include "futures/futures.h"

enum { KIND_COUNT = 3 };   // kinds of executors
enum { LIMIT_MS = 10000 }; // a wait that should be short

struct gate {
    int inside[2]; // a byte for each task that has come in
    int go[2];     // a byte for each that may leave
};

void gate_init(struct gate *gate);
void gate_close(struct gate *gate);
void gate_await(const struct gate *gate, int tasks);   // until so many are inside
void gate_release(const struct gate *gate, int tasks); // lets so many out
void gate_pass(const struct gate *gate);               // the task's side

// Tasks.
int square(const void *args, void *result); // int to int
int hold(const void *args, void *result); // struct gate: passes it; result 1, an int
int fail_as(const void *args, void *result);    // int: fails as that, "on purpose"
int echo_bytes(const void *args, void *result); // struct sized: task_set_result
int sum_bytes(const void *args, void *result);  // struct sized, bytes: unsigned long
int fill_bytes(const void *args,
               void *result); // struct sized: all of result, 1 each
int tell_process(const void *args, void *result); // int: getpid
int kill_itself(const void *args, void *result);  // int: the signal
int add_up(const void *args, void *result); // int n: takes about n microseconds

struct sized {
    size_t size;
};

// Whether a test is to be run: all are, unless ONLY_TEST in the environment is the name of one.
bool is_wanted(const TTest *test);

// Adds those that are wanted, once for each kind of executor, which they find in _i; not for
// processes under ThreadSanitizer, which does not follow forks.
void add_for_each_kind(TCase *group, const TTest *const tests[], size_t count);

// An executor with so many workers, or the test fails.
struct executor *create_pool(int kind, int workers);
struct future *submit_int(struct executor *executor, task_fn *task, int argument);
struct future *submit_hold(struct executor *executor, const struct gate *gate);
int int_result(struct future *future); // waits; the test fails if it has none

// How many open descriptors and child processes this process has.
int open_descriptors(void);
int child_processes(void);
int live_threads(void);

#endif
