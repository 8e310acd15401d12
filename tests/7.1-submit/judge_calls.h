#ifndef JUDGE_CALLS_H
#define JUDGE_CALLS_H

// One run of submit_table, with the judge in the place of every slow call: each call waits
// until the judge replies to it, and returns what the judge replies.

#include <stdint.h>
#include "judge/rubric.h"
#include "judge/runner_process.h"

enum { N_LIMIT = 24, CALL_LIMIT = N_LIMIT * N_LIMIT };

// So long may a run take, or the wait for its calls.
static const int64_t CALLS_LIMIT_NS = 10000000000;

struct slow_call {
    int pipe; // its reply goes here; -1: replied
    dev_t device;
    ino_t inode; // of the pipe, by which its reader is found
    int i, j;
    pid_t process;      // as the kernel says
    pid_t thread;       // as the runner says; checked against /proc
    int64_t release_ns; // when to reply
};

// What is asked of a run, and what came of it.
struct calls {
    // Set by the test:
    struct line *line;
    enum executor_kind executor;
    int workers;
    int n;
    int value[N_LIMIT][N_LIMIT];        // what the call for i, j returns
    int64_t delay_ns[N_LIMIT][N_LIMIT]; // and how long after it came
    int hold_until; // reply to none before so many wait at once; 0: no
    // What came of it:
    struct slow_call call[CALL_LIMIT];
    int count;
    int seen[N_LIMIT][N_LIMIT]; // how often the call for i, j was made
    int most_inside;            // the most that were seen waiting at the same time
    int most_open;              // the most that had come and had no reply yet
    bool was_sequential;        // they waited in the program's only thread
    int results[CALL_LIMIT];
    int returned;
    struct run_cost cost;
};

// A run with values that are the true sums and differences, and no delay.
struct calls *calls_start(struct line *line, enum executor_kind executor,
                          int workers, int n);

// The call, for a sentence: "submit_table(n = 4) with 3 threads".
void calls_text(const struct calls *calls, char *text, size_t size);

// Adds a call that came in from `sender`; fd, which came with it, is given. 0, or -1 with the
// verdict in the line: neither slow_add nor slow_sub of the statement calls so.
int calls_take(struct calls *calls, const struct message *message, int fd,
               pid_t sender);

// Runs it. 0, or -1 when there is a verdict already, which stands in the line.
int calls_run(struct calls *calls);

#endif
