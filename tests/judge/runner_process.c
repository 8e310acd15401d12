#include "judge/runner_process.h"
#include "judge/answer.h"
#include "judge/clock.h"
#include "judge/hang.h"
#include "judge/packet.h"
#include "judge/trouble.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { END_LIMIT_MS = 10000, CHILDREN_LIMIT = 4096 };

static const int64_t TASKS_LIMIT_NS = 1000000000;

// ---- sending

// For a debugger (runner/main.c, replay): the message, then the input.
static void request_keep(const struct message *request, const void *input,
                         size_t input_size)
{
    FILE *file = fopen(runner_mode_now()->keep, "we");
    if (!file) return;
    fwrite(request, sizeof *request, 1, file);
    if (input_size) fwrite(input, 1, input_size, file);
    fclose(file);
}

int runner_send(struct runner *runner, struct message *request, const void *input,
                size_t input_size)
{
    int fd = input_size ? memory_file_create("input", input, input_size,
                                             F_SEAL_WRITE | F_SEAL_SHRINK |
                                                 F_SEAL_GROW | F_SEAL_SEAL)
                        : -1;
    if (input_size && fd < 0) return trouble_note(-fd);
    request->kind = MESSAGE_REQUEST;
    request->x = runner_is_twice();
    runner->is_awaited = true;
    request->sequence = ++runner->sequence;
    request->size_bytes = input_size;
    if (runner_mode_now()->keep) request_keep(request, input, input_size);
    threads_look(runner->pid, &runner->group, &runner->before);
    runner->cost.wall_ns = -clock_now_ns();
    int status = packet_send(runner->socket, request, fd);
    if (fd >= 0) close(fd);
    return status;
}

// ---- receiving

// The end of the runner is seen at its pidfd: workers that outlive it may hold its socket
// open, and a runner that closed its socket may live on.
int runner_receive(struct runner *runner, struct message *message, int *fd,
                   pid_t *sender, int64_t deadline_ns)
{
    *fd = -1;
    *sender = -1;
    struct pollfd wait_for[] = {{.fd = runner->socket, .events = POLLIN},
                                {.fd = runner->pidfd, .events = POLLIN},
                                {.fd = runner->output, .events = POLLIN}};
    for (;;) {
        int64_t left_ns = deadline_ns - clock_now_ns();
        bool is_over = left_ns <= 0; // though output may come in without end
        if (is_over) left_ns = 0;
        int64_t step_ns = runner_watch_step_ns(&runner->watch, left_ns);
        struct timespec step = {step_ns / 1000000000, step_ns % 1000000000};
        if (ppoll(wait_for, 3, &step, NULL) == 0 && is_over) return -ETIMEDOUT;
        int exceeded =
            wait_for[0].revents ? 0 : runner_watch_look(&runner->watch, runner->pid);
        if (exceeded) return exceeded;
        if (wait_for[2].revents & POLLIN)
            printed_take(&runner->printed, runner->output);
        else if (wait_for[2].revents)
            wait_for[2].fd = -1;
        int status = packet_take(runner->socket, MSG_DONTWAIT, message, fd, sender);
        if (status == 0 && message->kind == MESSAGE_ANSWER)
            runner->is_awaited = false;
        if (status == 0 || status == -EPROTO) return status;
        if (wait_for[1].revents) return -ECHILD;
        if (is_over) return -ETIMEDOUT;
        if (status == -EPIPE) wait_for[0].fd = -1;
    }
}

// What the runner says of its pools' tasks once the clock has stopped.
static void tasks_take(struct runner *runner, uint64_t sequence)
{
    struct message tasks;
    int fd;
    pid_t sender;
    int64_t deadline_ns = clock_now_ns() + TASKS_LIMIT_NS;
    int status = runner_receive(runner, &tasks, &fd, &sender, deadline_ns);
    if (fd >= 0) close(fd);
    bool is_known = status == 0 && tasks.kind == MESSAGE_TASKS &&
                    tasks.sequence == sequence && tasks.x >= 0 && tasks.y > 0;
    runner->cost.in_flight = is_known ? (double)tasks.x / 1e6 : -1;
    runner->cost.tasks = is_known ? tasks.y : 0;
}

int runner_call(struct runner *runner, struct message *request, const void *input,
                size_t input_size, void *output, size_t output_size,
                int64_t limit_ns, int *returned)
{
    struct message answer;
    int fd;
    pid_t sender;
    int status = runner_send(runner, request, input, input_size);
    if (status) return status;
    int64_t deadline_ns = clock_now_ns() + runner_limit_ns(limit_ns);
    status = runner_receive(runner, &answer, &fd, &sender, deadline_ns);
    if (status) return status;
    status = answer_take(&answer, request->sequence, fd, output, output_size);
    runner->cost.wall_ns += clock_now_ns();
    threads_look(runner->pid, &runner->group, &runner->after);
    tasks_take(runner, request->sequence);
    *returned = answer.status;
    return status;
}

// ---- stopping

static void ended_reap(struct runner *runner)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (pid != runner->pid) continue;
        runner->wait_status = status;
        runner->is_reaped = true;
    }
}

// Kills and reaps children, and the orphans that thereby become children, until none is left.
// Nobody is reaped while anybody lives: those that have ended count as processes until then, and
// leave ever less room to those that fork anew.
static void children_reap(struct runner *runner)
{
    static pid_t pids[CHILDREN_LIMIT];
    siginfo_t first;
    for (;;) {
        bool all_ended = true;
        unsigned count = tree_pids(getpid(), pids, CHILDREN_LIMIT);
        for (unsigned i = 1; i < count; i++) {
            kill(pids[i], SIGKILL);
            all_ended = all_ended && process_has_ended(pids[i]);
        }
        // Where the tree cannot be seen, the runner is still known; what is left ends with it.
        if (!runner->is_reaped) kill(runner->pid, SIGKILL);
        if (runner->is_reaped && count <= 1 && trouble_error()) return;
        if (waitid(P_ALL, 0, &first, WEXITED | WNOWAIT) < 0) return;
        if (all_ended) ended_reap(runner);
    }
}

// Closes the socket, by which a runner ends, and takes what it still prints.
static void runner_end(struct runner *runner)
{
    struct pollfd wait_for[] = {{.fd = runner->pidfd, .events = POLLIN},
                                {.fd = runner->output, .events = POLLIN}};
    int64_t deadline_ns = clock_now_ns() + (int64_t)END_LIMIT_MS * 1000000;
    shutdown(runner->socket, SHUT_RDWR);
    while (!wait_for[0].revents && clock_now_ns() < deadline_ns) {
        poll(wait_for, 2, END_LIMIT_MS);
        if (wait_for[1].revents & POLLIN)
            printed_take(&runner->printed, runner->output);
        else if (wait_for[1].revents)
            wait_for[1].fd = -1;
    }
}

static void cost_finish(struct runner *runner)
{
    struct run_cost *cost = &runner->cost;
    cost_weigh(cost, &runner->before, &runner->after, &runner->page->ended,
               cost_reaped_ns() - runner->reaped_before_ns);
    int64_t seen_ns = samples_longest_ns(&runner->watch.samples, &runner->before);
    if (seen_ns > cost->longest_ns) cost->longest_ns = seen_ns;
}

void runner_stop(struct runner *runner)
{
    if (runner->pid > 0) {
        if (runner_mode_now()->ends_itself) runner_end(runner);
        struct pollfd ended = {.fd = runner->pidfd, .events = POLLIN};
        runner->was_killed = poll(&ended, 1, 0) == 0;
        if (runner->is_awaited && runner->was_killed)
            hang_explain(runner, runner->hang, sizeof runner->hang);
        children_reap(runner);
        if (runner->output >= 0) printed_take(&runner->printed, runner->output);
        printed_close(&runner->printed);
        if (runner_mode_now()->watch)
            runner_mode_now()->watch(runner->printed.text, runner->printed.size);
        cost_finish(runner);
    }
    if (runner->pidfd >= 0) close(runner->pidfd);
    if (runner->socket >= 0) close(runner->socket);
    if (runner->output >= 0) close(runner->output);
    cgroup_destroy(&runner->group);
    if (runner->page) munmap(runner->page, sizeof *runner->page);
    runner->pidfd = runner->socket = runner->output = -1;
    runner->page = NULL;
}
