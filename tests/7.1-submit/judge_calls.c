#include "7.1-submit/judge_calls.h"
#include "7.1-submit/judge_hold.h"
#include "judge/answer.h"
#include "judge/bytes_write.h"
#include "judge/clock.h"
#include "judge/runner_end.h"
#include "judge/trouble.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const executor_names[] = {"threads", "processes"};

struct calls *calls_start(struct line *line, enum executor_kind executor,
                          int workers, int n)
{
    static struct calls calls;
    memset(&calls, 0, sizeof calls);
    calls.line = line;
    calls.executor = executor;
    calls.workers = workers;
    calls.n = n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) calls.value[i][j] = i < j ? i + j : i - j;
    return &calls;
}

void calls_text(const struct calls *calls, char *text, size_t size)
{
    snprintf(text, size, "submit_table(n = %d) with %d %s", calls->n, calls->workers,
             executor_names[calls->executor]);
}

static void reply(struct slow_call *call, int value)
{
    struct call_reply bytes = {value};
    // Who does not read, or has filled the pipe, gets no reply, and waits in vain.
    if (bytes_write(call->pipe, &bytes, sizeof bytes)) trouble_look();
    close(call->pipe);
    call->pipe = -1;
}

// Opens the pipe that came with a call, anew: a description that is shared with the runner
// could be made to block. Closes fd. The call's pipe, or -1 when it is none with a reader.
static int pipe_open(int fd, struct stat *what)
{
    char path[64];
    int pipe = -1;
    if (fd < 0) return -1;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (fstat(fd, what) == 0 && S_ISFIFO(what->st_mode))
        pipe = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (pipe < 0) trouble_look();
    close(fd);
    return pipe;
}

int calls_take(struct calls *calls, const struct message *message, int fd,
               pid_t sender)
{
    struct stat what;
    int64_t i = message->x, j = message->y;
    int pipe = pipe_open(fd, &what);
    bool is_known = i >= 0 && i < calls->n && j >= 0 && j < calls->n && i != j &&
                    message->operation == (i > j) && pipe >= 0;
    if (!is_known || calls->count == CALL_LIMIT) {
        line_fail(
            calls->line, "wrong call",
            "submit_table(n = %d) called %s(%d, %d). The table has slow_add(i, "
            "j) for i < j and slow_sub(i, j) for i > j. Does each task have "
            "numbers of its own, not a pointer to the loop's?",
            calls->n, message->operation ? "slow_sub" : "slow_add", (int)i, (int)j);
        if (pipe >= 0) close(pipe);
        return -1;
    }
    calls->seen[i][j]++;
    calls->call[calls->count++] =
        (struct slow_call){.pipe = pipe,
                           .device = what.st_dev,
                           .inode = what.st_ino,
                           .i = (int)i,
                           .j = (int)j,
                           .process = sender,
                           .thread = message->thread,
                           .release_ns = clock_now_ns() + calls->delay_ns[i][j]};
    return 0;
}

// Replies to what is due, all of it when nothing is held; when the next one is due.
static int64_t replies_send(struct calls *calls)
{
    int64_t now_ns = clock_now_ns(), next_ns = INT64_MAX;
    int open_count = 0;
    for (int i = 0; i < calls->count; i++) {
        struct slow_call *call = &calls->call[i];
        if (call->pipe < 0) continue;
        open_count++;
        if (call->release_ns <= now_ns)
            reply(call, calls->value[call->i][call->j]);
        else if (call->release_ns < next_ns)
            next_ns = call->release_ns;
    }
    if (open_count > calls->most_open) calls->most_open = open_count;
    return next_ns;
}

// Replies to calls as they fall due until the answer is here.
static int calls_serve(struct calls *calls, struct runner *runner, uint64_t sequence)
{
    struct message message;
    int fd;
    pid_t sender;
    size_t size =
        (size_t)calls->n * (size_t)(calls->n > 0 ? calls->n - 1 : 0) * sizeof(int);
    int64_t limit_ns = clock_now_ns() + runner_limit_ns(CALLS_LIMIT_NS);
    for (;;) {
        int64_t next_ns = replies_send(calls);
        int64_t until_ns = next_ns < limit_ns ? next_ns : limit_ns;
        int status = runner_receive(runner, &message, &fd, &sender, until_ns);
        if (status == -ETIMEDOUT && clock_now_ns() < limit_ns) continue;
        if (status) return status;
        if (message.kind == MESSAGE_CALL) {
            if (calls_take(calls, &message, fd, sender)) return -1;
            continue;
        }
        status = answer_take(&message, sequence, fd, calls->results, size);
        calls->returned = message.status;
        return status;
    }
}

int calls_run(struct calls *calls)
{
    static struct runner runner;
    const struct exercise *exercise = calls->line->exercise;
    struct message request = {.operation = OPERATION_FIRST,
                              .executor = calls->executor,
                              .workers = calls->workers};
    int status = runner_start(&runner, exercise->box, exercise->runner, NULL);
    if (!status) status = runner_send(&runner, &request, &calls->n, sizeof calls->n);
    if (!status && calls->hold_until) status = calls_hold(calls, &runner);
    if (!status) status = calls_serve(calls, &runner, request.sequence);
    runner.cost.wall_ns += clock_now_ns();
    runner_stop(&runner);
    calls->cost = runner.cost;
    for (int i = 0; i < calls->count; i++)
        if (calls->call[i].pipe >= 0) close(calls->call[i].pipe);
    line_printed(calls->line, runner.printed.text, runner.printed.size);
    if (!status || status == -1) return status;
    char text[128], why[256];
    calls_text(calls, text, sizeof text);
    runner_explain(&runner, status, why, sizeof why);
    line_fail(calls->line, runner_diagnosis(&runner, status), "%s %s", text, why);
    return -1;
}
