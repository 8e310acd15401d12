#include "judge/runner_process.h"
#include "judge/clock.h"
#include "judge/hang.h"
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
    SETTLE_LIMIT_MS = 3000,
    END_LIMIT_MS = 10000,
    CHILDREN_LIMIT = 4096
};

static const int64_t TASKS_LIMIT_NS = 1000000000;

static struct runner_mode runner_mode;
static uint32_t shake_seed;

void runner_shake_set(uint32_t seed)
{
    shake_seed = seed;
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

static const int64_t WATCH_NS = 100000000;

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
static int runner_settle(struct runner *runner)
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
    deadline_ns = clock_now_ns() + (int64_t)SETTLE_LIMIT_MS * 1000000;
    while (!tree_is_asleep(runner->pid)) {
        if (clock_now_ns() > deadline_ns) return -EBUSY;
        usleep(100);
    }
    return 0;
}

int runner_start(struct runner *runner, const struct box *box, const char *program,
                 const char *folder)
{
    *runner = (struct runner){.pid = -1, .pidfd = -1, .socket = -1, .output = -1};
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    runner->watch = folder_watch_start(folder);
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
    return status ? status : runner_settle(runner);
}

// ---- sending

static int input_seal(const void *input, size_t size)
{
    int fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0) return -errno;
    for (size_t done = 0; done < size;) {
        ssize_t part = write(fd, (const char *)input + done, size - done);
        if (part < 0) {
            int error = errno;
            close(fd);
            return -error;
        }
        done += (size_t)part;
    }
    fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
    return fd;
}

static int message_send(int socket, const struct message *message, int fd)
{
    char control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec part = {(void *)message, sizeof *message};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    }
    ssize_t sent = sendmsg(socket, &header, MSG_NOSIGNAL);
    return sent == (ssize_t)sizeof *message ? 0 : -EPIPE;
}

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
    if (input_size && (fd = input_seal(input, input_size)) < 0) return fd;
    request->kind = MESSAGE_REQUEST;
    runner->is_awaited = true;
    request->sequence = ++runner->sequence;
    request->size_bytes = input_size;
    if (runner_mode.keep) request_keep(request, input, input_size);
    threads_look(runner->pid, &runner->group, &runner->before);
    runner->cost.wall_ns = -clock_now_ns();
    int status = message_send(runner->socket, request, fd);
    if (fd >= 0) close(fd);
    return status;
}

// ---- receiving

// Keeps the beginning of what was printed and throws the rest away, so that a program that
// prints without end neither blocks nor fills anything.
static void output_drain(struct runner *runner)
{
    char rest[4096];
    for (int reads = 0; reads < 64; reads++) {
        size_t room = OUTPUT_KEPT - runner->printed;
        ssize_t size =
            room ? read(runner->output, runner->text + runner->printed, room)
                 : read(runner->output, rest, sizeof rest);
        if (size <= 0) return;
        if (room) runner->printed += (size_t)size;
    }
}

// Takes the one descriptor that a packet may bring, and closes them if there are more: what
// stays open would sooner or later be missing to the judge.
static void descriptor_take(const struct cmsghdr *rights, int *fd)
{
    size_t count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof *fd;
    for (size_t i = 0; i < count; i++) {
        int passed;
        memcpy(&passed, CMSG_DATA(rights) + i * sizeof passed, sizeof passed);
        if (count == 1 && *fd < 0)
            *fd = passed;
        else
            close(passed);
    }
}

// Takes one packet, with the descriptor and the sender that came with it.
static int packet_take(int socket, struct message *message, int *fd, pid_t *sender)
{
    char control[CMSG_SPACE(sizeof *fd) + CMSG_SPACE(sizeof(struct ucred))];
    struct iovec part = {message, sizeof *message};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control};
    ssize_t size =
        recvmsg(socket, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC | MSG_TRUNC);
    if (size < 0) return errno == EAGAIN || errno == EINTR ? -EAGAIN : -EPIPE;
    if (size == 0) return -EPIPE;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(&header); at;
         at = CMSG_NXTHDR(&header, at)) {
        struct ucred sent_by;
        if (at->cmsg_level != SOL_SOCKET) continue;
        if (at->cmsg_type == SCM_RIGHTS) {
            descriptor_take(at, fd);
        } else if (at->cmsg_type == SCM_CREDENTIALS) {
            memcpy(&sent_by, CMSG_DATA(at), sizeof sent_by);
            *sender = sent_by.pid;
        }
    }
    if (size == (ssize_t)sizeof *message) return 0;
    if (*fd >= 0) close(*fd);
    *fd = -1;
    return -EPROTO;
}

// How long to wait now: where a folder is watched, not to the end.
static struct timespec watch_step(const struct runner *runner, int64_t left_ns)
{
    if (runner->watch.path && left_ns > WATCH_NS) left_ns = WATCH_NS;
    return (struct timespec){left_ns / 1000000000, left_ns % 1000000000};
}

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
        struct timespec left = watch_step(runner, left_ns);
        if (ppoll(wait_for, 3, &left, NULL) == 0 && is_over) return -ETIMEDOUT;
        if (!wait_for[0].revents && folder_is_overfull(&runner->watch))
            return -EDQUOT;
        if (wait_for[2].revents & POLLIN)
            output_drain(runner);
        else if (wait_for[2].revents)
            wait_for[2].fd = -1;
        int status = packet_take(runner->socket, message, fd, sender);
        if (status == 0 && message->kind == MESSAGE_ANSWER)
            runner->is_awaited = false;
        if (status == 0 || status == -EPROTO) return status;
        if (wait_for[1].revents) return -ECHILD;
        if (is_over) return -ETIMEDOUT;
        if (status == -EPIPE) wait_for[0].fd = -1;
    }
}

int answer_take(const struct message *answer, uint64_t sequence, int fd,
                void *output, size_t output_size)
{
    struct stat what;
    int status = -EPROTO;
    if (answer->kind != MESSAGE_ANSWER || answer->sequence != sequence) goto out;
    if (answer->size_bytes != output_size) goto out;
    if (output_size == 0) {
        status = 0;
        goto out;
    }
    if (fd < 0 || fstat(fd, &what) < 0 || !S_ISREG(what.st_mode)) goto out;
    if (what.st_size != (off_t)output_size) goto out;
    for (size_t done = 0; done < output_size;) {
        ssize_t part =
            pread(fd, (char *)output + done, output_size - done, (off_t)done);
        if (part <= 0) goto out;
        done += (size_t)part;
    }
    status = 0;
out:
    if (fd >= 0) close(fd);
    return status;
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
            output_drain(runner);
        else if (wait_for[1].revents)
            wait_for[1].fd = -1;
    }
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
        if (runner->output >= 0) output_drain(runner);
        runner->text[runner->printed] = '\0';
        if (runner_mode.watch) runner_mode.watch(runner->text, runner->printed);
        cost_weigh(&runner->cost, &runner->before, &runner->after,
                   &runner->page->ended, reaped_cpu_ns() - runner->reaped_before_ns);
    }
    if (runner->pidfd >= 0) close(runner->pidfd);
    if (runner->socket >= 0) close(runner->socket);
    if (runner->output >= 0) close(runner->output);
    cgroup_destroy(&runner->group);
    if (runner->page) munmap(runner->page, sizeof *runner->page);
    runner->pidfd = runner->socket = runner->output = -1;
    runner->page = NULL;
}

// ---- explaining

// The signal that ended the runner, or 0.
static int end_signal(const struct runner *runner)
{
    int how = runner->wait_status;
    if (WIFSIGNALED(how)) return WTERMSIG(how);
    bool is_told = runner->is_wrapped && WIFEXITED(how) && WEXITSTATUS(how) > 128;
    return is_told ? WEXITSTATUS(how) - 128 : 0;
}

static void end_explain(const struct runner *runner, char *text, size_t size)
{
    int number = end_signal(runner);
    if (runner->was_killed || !runner->is_reaped)
        snprintf(text, size, "ended without an answer");
    else if (number)
        snprintf(text, size, "crashed: %s (signal %d)", strsignal(number), number);
    else
        snprintf(text, size,
                 "ended the program with exit status %d instead of returning",
                 WEXITSTATUS(runner->wait_status));
}

void runner_explain(const struct runner *runner, int status, char *text, size_t size)
{
    if (status == -ETIMEDOUT)
        snprintf(text, size, "did not return: %s", runner->hang);
    else if (status == -EPROTO)
        snprintf(text, size,
                 "sent an answer of the wrong form: only the judge's runner may "
                 "write to descriptor 3");
    else if (status == -EDQUOT)
        snprintf(text, size,
                 "filled the folder of the files with more than a gigabyte");
    else if (status == -EBUSY)
        snprintf(text, size,
                 "was not called: the program was already at work. Nothing may "
                 "run before the call");
    else if (status != -ECHILD && status != -EPIPE)
        snprintf(text, size, "could not be run: %s", strerror(-status));
    else
        end_explain(runner, text, size);
}

const char *runner_diagnosis(const struct runner *runner, int status)
{
    if (status == -ETIMEDOUT) return NO_RETURN;
    if (status == -EPROTO) return "forged answer";
    if (status == -EBUSY) return "busy before the call";
    if (status == -EDQUOT) return "too much written";
    if (status != -ECHILD && status != -EPIPE) return "not run";
    if (runner->was_killed || !runner->is_reaped) return "no answer";
    return end_signal(runner) ? CRASH : "exit";
}
