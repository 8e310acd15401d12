#ifndef JUDGE_RUNNER_PROCESS_H
#define JUDGE_RUNNER_PROCESS_H

// A runner, as the judge sees it: a process that is sent requests and sends back answers.
//
//     struct runner runner;
//     int status = runner_start(&runner, box, "build/.../runner", NULL);
//     if (!status) status = runner_call(&runner, &request, input, input_size, output,
//                                       output_size, limit_ns, &returned);
//     runner_stop(&runner);                 // runner.cost is known from here on
//     if (status) runner_explain(&runner, status, text, sizeof text);
//
// Not thread-safe; one runner serves one test.

#include <stddef.h>
#include <stdint.h>
#include "judge/box.h"
#include "judge/printed.h"
#include "judge/process_tree.h"
#include "judge/protocol.h"
#include "judge/run_cost.h"
#include "judge/runner_mode.h"
#include "judge/runner_watch.h"

struct runner {
    pid_t pid;
    int pidfd;
    struct cgroup group;
    int socket;
    int output; // what the student's code prints comes out here
    uint64_t sequence;
    struct runner_watch watch; // over what it uses
    pid_t inside;              // the runner's own process, behind the box's
    pid_t inside_thread;       // its main thread, as it sees it
    bool is_awaited;           // a request was sent and not answered yet
    char hang[512];            // what it waited for when it was stopped unanswered
    struct runner_page *page;
    int64_t reaped_before_ns; // cpu time of the judge's ended children at the start
    struct threads_seen before; // as the request went out, and as the answer came
    struct threads_seen after;
    struct run_cost cost; // of the last call; whole after runner_stop
    int wait_status;      // how it ended; known after runner_stop
    bool is_reaped;
    bool is_wrapped; // bwrap tells of a signal by the exit status 128 + signal
    bool was_killed; // it was alive at runner_stop
    struct printed printed;
};

// Starts a runner and waits until it is ready. 0 or a negative errno: -ECHILD when it ended
// before. runner_stop is due in either case.
int runner_start(struct runner *runner, const struct box *box, const char *program,
                 const char *folder);

// Sends a request with its input as a sealed memfd; kind, sequence and size are filled in.
// 0, or a negative errno: -EPIPE when the runner is gone.
int runner_send(struct runner *runner, struct message *request, const void *input,
                size_t input_size);

// Waits for the next packet. *fd is a descriptor that came with it, or -1: the caller's to
// close. *sender is the process that sent it. 0, -ETIMEDOUT, -ECHILD (the runner has ended),
// -EPROTO (not a packet of ours), -EDQUOT (too much was written into its folder) or -ENOMEM
// (too much memory is in use).
int runner_receive(struct runner *runner, struct message *message, int *fd,
                   pid_t *sender, int64_t deadline_ns);

// One request, one answer: 0 and the student's return value in *returned, its output copied,
// or the errors above. limit_ns bounds the wait for the answer.
int runner_call(struct runner *runner, struct message *request, const void *input,
                size_t input_size, void *output, size_t output_size,
                int64_t limit_ns, int *returned);

// Kills the runner and everything it started, and waits for all of it.
void runner_stop(struct runner *runner);

#endif
