// The fork server: forks workers, buries them, replaces them, and kills those whose task takes
// too long. It has one thread and does nothing but sleep in poll, so forking from it is safe
// at any time, and it dies with its parent: the parent's pidfd tells it.

#include "futures/process.h"
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_FALSE_STARTS = 10, RETRY_MS = 10 };

struct server {
    struct executor *executor;
    struct slots *slots;
    int parent_pidfd;
    int signals;   // a signalfd for SIGCHLD
    sigset_t mask; // as the parent had it, for the workers
    struct sigaction on_child;
    int alive;
    bool ends_broken; // it kills what still runs
    int false_starts; // in a row: workers that died at once, and forks that failed
                      // while there was no worker
};

// ---- births

static _Noreturn void become_worker(struct server *server, int index, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1); // it died before it could be said
    close(server->signals);
    sigaction(SIGCHLD, &server->on_child, NULL);
    sigprocmask(SIG_SETMASK, &server->mask, NULL);
    process_worker_run(server->executor, server->slots, index);
}

static void start_worker(struct server *server, int index)
{
    struct worker_state *state = &server->slots->workers[index];
    atomic_store(&state->since_ns, 0);
    atomic_store(&state->entered, false);
    // On its way: nobody else need be called.
    atomic_store(&state->mode, WORKER_CALLED);
    pid_t parent = getpid();
    pid_t worker = fork();
    if (worker == 0) become_worker(server, index, parent);
    if (worker > 0) {
        state->process = worker;
        server->alive++;
    } else {
        atomic_store(&state->mode, WORKER_DEAD);
        // The others do all that there is to do, and this one is tried again. A task that came
        // meanwhile was left to it.
        server->false_starts += server->alive == 0;
        if (slots_have_work(server->slots)) slots_call_worker(server->slots);
    }
}

static bool is_ending(struct server *server)
{
    return atomic_load(&server->slots->stop) && !slots_have_work(server->slots);
}

static void start_missing(struct server *server)
{
    for (int i = 0; i < server->slots->options.workers; i++)
        if (server->slots->workers[i].process == 0) start_worker(server, i);
    if (server->false_starts >= MOST_FALSE_STARTS)
        atomic_store(&server->slots->broken, true);
}

// ---- deaths

static void describe_death(struct server *server, struct slot *slot, int status)
{
    char text[100];
    int limit_ms = server->slots->options.task_timeout_ms;
    if (slot_state(slot) == SLOT_CONDEMNED) {
        snprintf(text, sizeof text, "the task ran longer than its limit of %d ms",
                 limit_ms);
        slot_describe(slot, -ETIMEDOUT, SIGKILL, text);
    } else if (server->ends_broken) {
        slot_describe(slot, -ENOTRECOVERABLE, 0, "the process pool is broken");
    } else if (WIFSIGNALED(status)) {
        int number = WTERMSIG(status);
        snprintf(text, sizeof text,
                 "its worker process was killed by signal %d (%s)", number,
                 strsignal(number));
        slot_describe(slot, -ECHILD, number, text);
    } else {
        snprintf(text, sizeof text,
                 "its worker process ended by itself, with status %d",
                 WEXITSTATUS(status));
        slot_describe(slot, -ECHILD, 0, text);
    }
}

// Ends the task that a dead worker had; false: it had none.
static bool end_task_of(struct server *server, int worker, int status)
{
    for (int i = 0; i < SLOT_COUNT; i++) {
        struct slot *slot = &server->slots->slot[i];
        uint32_t word = atomic_load(&slot->word), state = word & SLOT_STATE;
        if (state != SLOT_RUNNING && state != SLOT_CONDEMNED) continue;
        if (slot_owner(word) != (uint32_t)worker) continue;
        describe_death(server, slot, status);
        return slot_end(server->slots, slot, state, SLOT_BROKEN);
    }
    return false;
}

static void bury(struct server *server, int worker, int status)
{
    struct slots *slots = server->slots;
    atomic_store(&slots->workers[worker].mode, WORKER_DEAD);
    slots->workers[worker].process = 0;
    server->alive--;
    bool had_task = end_task_of(server, worker, status);
    bool entered = atomic_load(&slots->workers[worker].entered);
    server->false_starts = entered ? 0 : server->false_starts + 1;
    if (had_task && slots->options.break_on_crash)
        atomic_store(&slots->broken, true);
    // It may have died on its way to a task, or between two halves of a call to the keeper.
    if (slots_have_work(slots)) slots_call_worker(slots);
    eventfd_write(slots->keeper_event, 1);
}

static void bury_all(struct server *server, int flags)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, flags)) > 0;)
        for (int i = 0; i < server->slots->options.workers; i++)
            if (server->slots->workers[i].process == pid) bury(server, i, status);
}

static _Noreturn void end_broken(struct server *server)
{
    server->ends_broken = true;
    for (int i = 0; i < server->slots->options.workers; i++)
        if (server->slots->workers[i].process > 0)
            kill(server->slots->workers[i].process, SIGKILL);
    bury_all(server, 0);
    _exit(0);
}

// ---- time limits

// Condemns and kills the worker if its task has taken too long. When it has to be looked at
// again; FUTEX_FOR_EVER: it has no task.
static int64_t check_limit(struct server *server, int worker)
{
    struct slots *slots = server->slots;
    struct worker_state *state = &slots->workers[worker];
    int64_t limit_ns = (int64_t)slots->options.task_timeout_ms * 1000000;
    uint32_t mode = atomic_load(&state->mode);
    int64_t since = atomic_load(&state->since_ns);
    if (mode == WORKER_ASLEEP || mode == WORKER_DEAD) return FUTEX_FOR_EVER;
    if (since == 0) return clock_ns() + limit_ns;
    if (since + limit_ns > clock_ns()) return since + limit_ns;
    struct slot *slot = &slots->slot[atomic_load(&state->slot) % SLOT_COUNT];
    uint32_t word = atomic_load(&slot->word);
    // The same start before and after: the word was read during that task.
    bool same = atomic_load(&state->since_ns) == since &&
                slot_owner(word) == (uint32_t)worker;
    uint32_t condemned = (word ^ SLOT_RUNNING) | SLOT_CONDEMNED;
    if (same && (word & SLOT_STATE) == SLOT_RUNNING &&
        atomic_compare_exchange_strong(&slot->word, &word, condemned)) {
        kill(state->process, SIGKILL);
        return FUTEX_FOR_EVER; // its death will be heard of
    }
    return clock_ns();
}

// How long to sleep, in milliseconds; -1: until called.
static int check_limits(struct server *server)
{
    struct slots *slots = server->slots;
    if (slots->options.task_timeout_ms == 0) return -1;
    atomic_store(&slots->server_dozes, true); // a task that starts now will call
    int64_t next = FUTEX_FOR_EVER;
    for (int i = 0; i < slots->options.workers; i++) {
        int64_t then = server->slots->workers[i].process > 0 ? check_limit(server, i)
                                                             : FUTEX_FOR_EVER;
        if (then < next) next = then;
    }
    if (next == FUTEX_FOR_EVER) return -1;
    atomic_store(&slots->server_dozes, false);
    int64_t rest_ns = next - clock_ns();
    return rest_ns > 0 ? (int)(rest_ns / 1000000) + 1 : 0;
}

// ---- its life

static void sleep_until_something(struct server *server)
{
    int timeout_ms = check_limits(server);
    bool missing = server->alive < server->slots->options.workers;
    if (missing && (timeout_ms < 0 || timeout_ms > RETRY_MS)) timeout_ms = RETRY_MS;
    struct pollfd files[] = {{.fd = server->parent_pidfd, .events = POLLIN},
                             {.fd = server->signals, .events = POLLIN},
                             {.fd = server->slots->server_event, .events = POLLIN}};
    if (poll(files, 3, timeout_ms) <= 0) return;
    if (files[0].revents) _exit(1); // and the workers by their parent-death signal
    struct signalfd_siginfo info;
    if (files[1].revents && read(server->signals, &info, sizeof info) < 0) return;
    eventfd_t count;
    if (files[2].revents) eventfd_read(server->slots->server_event, &count);
}

static void prepare(struct server *server)
{
    sigset_t all, child;
    sigfillset(&all);
    // What is meant for the parent ends no pool.
    sigprocmask(SIG_BLOCK, &all, &server->mask);
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(SIGCHLD, &usual, &server->on_child);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    server->signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    prctl(PR_SET_NAME, "fork-server");
}

_Noreturn void fork_server_run(struct executor *executor, struct slots *slots,
                               int parent_pidfd)
{
    struct server server = {
        .executor = executor, .slots = slots, .parent_pidfd = parent_pidfd};
    prepare(&server);
    if (server.signals < 0) _exit(1);
    for (;;) {
        if (atomic_load(&slots->broken)) end_broken(&server);
        if (!is_ending(&server))
            start_missing(&server);
        else if (server.alive == 0)
            _exit(0);
        sleep_until_something(&server);
        bury_all(&server, WNOHANG);
    }
}
