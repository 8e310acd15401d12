#include "7.1-submit/judge_calls.h"
#include "7.1-submit/judge_waiting.h"
#include "judge/answer.h"
#include "judge/clock.h"
#include "judge/runner_end.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t STEP_NS = 20000000;
static const int64_t LIMIT_NS = 10000000000;
static const int64_t SETTLE_NS = 50000000;
static const int64_t SETTLE_AWAKE_NS = 300000000; // some thread spins

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

static void call_text(const struct calls *calls, char *text, size_t size)
{
    snprintf(text, size, "submit_table(n = %d) with %d %s", calls->n, calls->workers,
             executor_names[calls->executor]);
}

static void reply(struct slow_call *call, int value)
{
    struct call_reply bytes = {value};
    ssize_t written = write(call->pipe, &bytes, sizeof bytes);
    close(call->pipe);
    call->pipe = -1;
    // Who does not read, or has filled the pipe, gets no reply, and waits in vain.
    (void)written;
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
    close(fd);
    return pipe;
}

// Adds a call that came in; one that no slow_add or slow_sub of the statement makes is -1.
static int call_add(struct calls *calls, const struct message *message, int fd,
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

// What the submitted tasks do, as the runner wrote it down: a hint for the message only.
static unsigned tasks_running(const struct runner *runner)
{
    const struct wait_board *board = &runner->page->board;
    unsigned running = 0, count = board->submitted;
    for (unsigned i = 0; i < count && i < FUTURES_LIMIT; i++)
        running += board->state[i] == TASK_RUNNING;
    return running;
}

// Some worker makes the calls, one at a time.
static void one_at_a_time_fail(struct calls *calls, const struct runner *runner,
                               const char *text)
{
    unsigned running = tasks_running(runner);
    if (running > 1)
        line_fail(
            calls->line, "lock held",
            "%s: %u tasks have begun, but one slow call waits at a time. Is a lock "
            "held during the call? Lock only what tasks share.",
            text, running);
    else if (runner->page->board.submitted)
        line_fail(
            calls->line, "submit-then-wait",
            "%s: one slow call waits at a time: each result is waited for before "
            "the next submit, or one task makes all calls. Submit every call, keep "
            "the futures, collect later.",
            text);
    else
        line_fail(
            calls->line, "start-then-wait",
            "%s: there are workers, but one slow call waits at a time. Is each "
            "worker waited for (joined) before the next one starts, or a lock held "
            "during the call?",
            text);
}

static int hold_fail(struct calls *calls, const struct runner *runner)
{
    char text[128];
    call_text(calls, text, sizeof text);
    const struct slow_call *first = &calls->call[0];
    bool is_alone = calls->count == 0 || (first->process == runner->inside &&
                                          first->thread == runner->inside_thread);
    int threads = calls_waiting(calls, runner->pid, false);
    if (calls->executor == EXECUTOR_PROCESSES && threads > calls->most_inside)
        line_fail(
            calls->line, "threads for processes",
            "%s: %d slow calls waited at the same time, but in %d process%s. Does "
            "executor_create get the kind that submit_table was given?",
            text, threads, calls->most_inside, calls->most_inside > 1 ? "es" : "");
    else if (calls->most_inside > 1)
        line_fail(calls->line, "too few at once",
                  "%s: at most %d slow calls waited at the same time, and %d can. "
                  "Does the executor get all %d workers, and every call its own "
                  "submit?",
                  text, calls->most_inside, calls->hold_until, calls->workers);
    else if (is_alone)
        line_fail(
            calls->line, "nothing in parallel",
            "%s: the second slow call begins only when the first has ended. Submit "
            "every call to an executor before you ask for the first result.",
            text);
    else
        one_at_a_time_fail(calls, runner, text);
    return -1;
}

// Enough wait at once. Are they of the right kind, and not more than there are workers?
static int hold_check(struct calls *calls, const struct runner *runner, int inside)
{
    char text[128];
    call_text(calls, text, sizeof text);
    for (int i = 0; calls->executor == EXECUTOR_THREADS && i < calls->count; i++) {
        if (calls->call[i].process == runner->inside) continue;
        line_fail(calls->line, "processes for threads",
                  "%s: the slow calls are made by other processes. Does "
                  "executor_create get the kind that submit_table was given?",
                  text);
        return -1;
    }
    // The thread that called submit_table may lend a hand.
    if (inside <= calls->workers + 1) return 0;
    line_fail(calls->line, "too many at once",
              "%s: %d slow calls waited at the same time. Give the executor the "
              "number of workers that submit_table was given.",
              text, inside);
    return -1;
}

// Waits for calls until hold_until of them wait at once and no more come, or nothing moves
// any more.
static int calls_hold(struct calls *calls, struct runner *runner)
{
    struct message message;
    int fd;
    pid_t sender;
    int64_t now_ns = clock_now_ns(), limit_ns = now_ns + LIMIT_NS, enough_ns = 0;
    struct tree_stillness stillness = {0};
    while ((now_ns = clock_now_ns()) < limit_ns) {
        int status =
            runner_receive(runner, &message, &fd, &sender, now_ns + STEP_NS);
        if (status && status != -ETIMEDOUT) return status;
        if (!status && message.kind != MESSAGE_CALL) {
            if (fd >= 0) close(fd);
            return hold_fail(calls, runner);
        }
        if (!status && call_add(calls, &message, fd, sender)) return -1;
        int inside =
            calls_waiting(calls, runner->pid, calls->executor == EXECUTOR_PROCESSES);
        if (inside > calls->most_inside) calls->most_inside = inside;
        int64_t still_ns = tree_still_ns(&stillness, runner->pid, !status);
        if (inside >= calls->hold_until && !enough_ns) enough_ns = clock_now_ns();
        bool all_came = calls->count == calls->n * (calls->n - 1) ||
                        still_ns > SETTLE_NS ||
                        clock_now_ns() - enough_ns > SETTLE_AWAKE_NS;
        if (inside >= calls->hold_until && all_came)
            return hold_check(calls, runner, inside);
        if (still_ns > TREE_STUCK_NS) break;
    }
    return hold_fail(calls, runner);
}

// Replies to calls as they fall due until the answer is here.
static int calls_serve(struct calls *calls, struct runner *runner, uint64_t sequence)
{
    struct message message;
    int fd;
    pid_t sender;
    size_t size =
        (size_t)calls->n * (size_t)(calls->n > 0 ? calls->n - 1 : 0) * sizeof(int);
    int64_t limit_ns = clock_now_ns() + runner_limit_ns(LIMIT_NS);
    for (;;) {
        int64_t next_ns = replies_send(calls);
        int64_t until_ns = next_ns < limit_ns ? next_ns : limit_ns;
        int status = runner_receive(runner, &message, &fd, &sender, until_ns);
        if (status == -ETIMEDOUT && clock_now_ns() < limit_ns) continue;
        if (status) return status;
        if (message.kind == MESSAGE_CALL) {
            if (call_add(calls, &message, fd, sender)) return -1;
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
    call_text(calls, text, sizeof text);
    runner_explain(&runner, status, why, sizeof why);
    line_fail(calls->line, runner_diagnosis(&runner, status), "%s %s", text, why);
    return -1;
}

static const char *seen_hint(int seen)
{
    if (seen) return "Is a task submitted twice, or an old call left in?";
    return "Does each task have numbers of its own, not a pointer to the loop's?";
}

// Is it a value that some call returned? Then it only stands in the wrong place.
static bool is_result(const struct calls *calls, int value)
{
    for (int i = 0; i < calls->n; i++)
        for (int j = 0; j < calls->n; j++)
            if (i != j && calls->value[i][j] == value) return true;
    return false;
}

static const char *result_diagnosis(const struct calls *calls, int found)
{
    return is_result(calls, found) ? "wrong order" : "result lost";
}

static const char *result_hint(const struct calls *calls, int found)
{
    if (is_result(calls, found))
        return "Results belong in the order of the loop, whichever call ends first.";
    if (calls->executor == EXECUTOR_PROCESSES)
        return "What a process task writes to a global is lost: its result, and no "
               "more, travels back to future_result.";
    return "Has the task written its result, and future_result waited for it?";
}

static int results_check(struct calls *calls, const char *text)
{
    int place = 0;
    for (int i = 0; i < calls->n; i++)
        for (int j = 0; j < calls->n; j++) {
            if (i == j) continue;
            const char *name = i < j ? "slow_add" : "slow_sub";
            int found = calls->results[place], expected = calls->value[i][j];
            if (calls->seen[i][j] != 1) {
                line_fail(calls->line, "calls missing or repeated",
                          "%s called %s(%d, %d) %d times; once is right. %s", text,
                          name, i, j, calls->seen[i][j],
                          seen_hint(calls->seen[i][j]));
                return -1;
            }
            if (found != expected) {
                line_fail(calls->line, result_diagnosis(calls, found),
                          "%s: results[%d] is %d, but %s(%d, %d) returned %d. %s",
                          text, place, found, name, i, j, expected,
                          result_hint(calls, found));
                return -1;
            }
            place++;
        }
    return 0;
}

int calls_check(struct calls *calls)
{
    char text[128];
    call_text(calls, text, sizeof text);
    if (calls->returned != 0) {
        line_fail(calls->line, "error returned", "%s returned %d (%s) instead of 0",
                  text, calls->returned, strerror(-calls->returned));
        return -1;
    }
    return results_check(calls, text);
}
