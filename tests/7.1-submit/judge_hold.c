#include "7.1-submit/judge_hold.h"
#include "7.1-submit/judge_waiting.h"
#include "judge/clock.h"
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static const int64_t STEP_NS = 20000000;
static const int64_t SETTLE_NS = 50000000;
static const int64_t SETTLE_AWAKE_NS = 300000000; // some thread spins

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
    calls_text(calls, text, sizeof text);
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
    calls_text(calls, text, sizeof text);
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

int calls_hold(struct calls *calls, struct runner *runner)
{
    struct message message;
    int fd;
    pid_t sender;
    int64_t now_ns = clock_now_ns(), limit_ns = now_ns + CALLS_LIMIT_NS,
            enough_ns = 0;
    struct tree_stillness stillness = {0};
    while ((now_ns = clock_now_ns()) < limit_ns) {
        int status =
            runner_receive(runner, &message, &fd, &sender, now_ns + STEP_NS);
        if (status && status != -ETIMEDOUT) return status;
        if (!status && message.kind != MESSAGE_CALL) {
            if (fd >= 0) close(fd);
            return hold_fail(calls, runner);
        }
        if (!status && calls_take(calls, &message, fd, sender)) return -1;
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
