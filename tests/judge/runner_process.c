#include "judge/runner_process.h"
#include "judge/answer.h"
#include "judge/clock.h"
#include "judge/given_environment.h"
#include "judge/hang.h"
#include "judge/packet.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    START_LIMIT_MS = 20000,
    SETTLE_LOOKS = 20000,
    SETTLE_PAUSE_US = 100,
    END_LIMIT_MS = 10000,
    CHILDREN_LIMIT = 4096
};

static const int64_t TASKS_LIMIT_NS = 1000000000;

static struct runner_mode runner_mode;
static uint32_t shake_seed;
static bool is_sampled;

void runner_shake_set(uint32_t seed)
{
    shake_seed = seed;
}

void runner_sample_set(bool is_on)
{
    is_sampled = is_on;
}

void runner_mode_set(const struct runner_mode *mode)
{
    runner_mode = *mode;
}

int64_t runner_limit_ns(int64_t plain_ns)
{
    return runner_mode.slowness > 0
               ? (int64_t)((double)plain_ns * runner_mode.slowness)
               : plain_ns;
}

static int64_t reaped_cpu_ns(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000 +
           ((int64_t)usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000;
}

// ---- starting

static int page_create(struct runner *runner)
{
    int fd = memfd_create("page", MFD_CLOEXEC);
    if (fd < 0) return -errno;
    if (ftruncate(fd, sizeof *runner->page) == 0) {
        void *page = mmap(NULL, sizeof *runner->page, PROT_READ | PROT_WRITE,
                          MAP_SHARED, fd, 0);
        if (page != MAP_FAILED) {
            runner->page = page;
            runner->page->shake.seed = shake_seed;
            return fd;
        }
    }
    int error = errno;
    close(fd);
    return -error;
}

// Waits until the runner has said READY and then sleeps in its next receive.
static int runner_settle(struct runner *runner, const struct box *box)
{
    struct message message;
    int fd;
    pid_t sender;
    int64_t deadline_ns = clock_now_ns() + (int64_t)START_LIMIT_MS * 1000000;
    int status = runner_receive(runner, &message, &fd, &sender, deadline_ns);
    if (fd >= 0) close(fd);
    if (status) return status;
    if (message.kind != MESSAGE_READY) return -EPROTO;
    runner->inside = sender;
    runner->inside_thread = message.thread;
    if (!box->tool && !process_has_given_environment(sender)) return -ESTALE;
    // Looks are counted, not time: a machine may stop as a whole for seconds.
    for (int looks = 0; looks < SETTLE_LOOKS; looks++) {
        if (tree_is_asleep(runner->pid)) return 0;
        usleep(SETTLE_PAUSE_US);
    }
    return -EBUSY;
}

int runner_start(struct runner *runner, const struct box *box, const char *program,
                 const char *folder)
{
    *runner = (struct runner){.pid = -1, .pidfd = -1, .socket = -1, .output = -1};
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    runner->watch.folder = folder_watch_start(folder);
    runner->watch.memory_bytes = box->has_cgroups ? 0 : box->memory_bytes;
    runner->watch.is_sampled = is_sampled;
    runner->is_wrapped = box->isolation == ISOLATION_FULL;
    runner->reaped_before_ns = reaped_cpu_ns();
    int pair[2] = {-1, -1}, output[2] = {-1, -1}, status;
    int page = page_create(runner);
    if (page < 0) return page;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0 ||
        pipe2(output, O_CLOEXEC) < 0) {
        status = -errno;
        goto out;
    }
    setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int));
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    struct box_command command = {.program = program,
                                  .folder = folder,
                                  .socket = pair[1],
                                  .page = page,
                                  .output = output[1]};
    status = box_start(box, &command, &runner->group);
    if (status < 0) goto out;
    runner->pid = status;
    runner->pidfd = pidfd_open(runner->pid, 0);
    runner->socket = pair[0];
    runner->output = output[0];
    pair[0] = output[0] = -1;
    status = 0;
out:
    close(page);
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0) close(pair[i]);
        if (output[i] >= 0) close(output[i]);
    }
    return status ? status : runner_settle(runner, box);
}

// ---- sending

// For a debugger (runner/main.c, replay): the message, then the input.
static void request_keep(const struct message *request, const void *input,
                         size_t input_size)
{
    FILE *file = fopen(runner_mode.keep, "we");
    if (!file) return;
    fwrite(request, sizeof *request, 1, file);
    if (input_size) fwrite(input, 1, input_size, file);
    fclose(file);
}

int runner_send(struct runner *runner, struct message *request, const void *input,
                size_t input_size)
{
    int fd = -1;
    if (input_size)
        fd = memory_file_create("input", input, input_size,
                                F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW |
                                    F_SEAL_SEAL);
    if (fd < -1) return fd;
    request->kind = MESSAGE_REQUEST;
    runner->is_awaited = true;
    request->sequence = ++runner->sequence;
    request->size_bytes = input_size;
    if (runner_mode.keep) request_keep(request, input, input_size);
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

// Kills and reaps children, and the orphans that thereby become children, until none is left.
static void children_reap(struct runner *runner)
{
    static pid_t pids[CHILDREN_LIMIT];
    for (;;) {
        unsigned count = tree_pids(getpid(), pids, CHILDREN_LIMIT);
        for (unsigned i = 1; i < count; i++) kill(pids[i], SIGKILL);
        int status;
        pid_t pid = waitpid(-1, &status, 0);
        if (pid < 0) return;
        if (pid == runner->pid) {
            runner->wait_status = status;
            runner->is_reaped = true;
        }
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
               reaped_cpu_ns() - runner->reaped_before_ns);
    int64_t seen_ns = samples_longest_ns(&runner->watch.samples, &runner->before);
    if (seen_ns > cost->longest_ns) cost->longest_ns = seen_ns;
}

void runner_stop(struct runner *runner)
{
    if (runner->pid > 0) {
        if (runner_mode.ends_itself) runner_end(runner);
        struct pollfd ended = {.fd = runner->pidfd, .events = POLLIN};
        runner->was_killed = poll(&ended, 1, 0) == 0;
        if (runner->is_awaited && runner->was_killed)
            hang_explain(runner, runner->hang, sizeof runner->hang);
        children_reap(runner);
        if (runner->output >= 0) printed_take(&runner->printed, runner->output);
        printed_close(&runner->printed);
        if (runner_mode.watch)
            runner_mode.watch(runner->printed.text, runner->printed.size);
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
