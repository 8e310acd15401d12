// For a student's own code on a student's own machine nothing has to be kept in: the program
// only loses its descriptors, its terminal and its life when the judge ends.

#include "judge/box.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

struct box box_choose(void)
{
    struct box box = {.isolation = ISOLATION_NONE};
    snprintf(box.reason, sizeof box.reason,
             "code runs with your own rights; check only what you trust");
    return box;
}

const char *isolation_name(enum isolation isolation)
{
    static const char *const names[] = {"none", "reduced", "full"};
    return names[isolation];
}

// Puts a descriptor at its place without ever stepping on one that is still to be moved.
static void descriptor_move(int from, int to)
{
    if (from < 0) from = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(from, to);
}

static _Noreturn void command_run(const struct box_command *command, pid_t judge)
{
    enum { SPARE = 100 };
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != judge) _exit(127);
    setsid();
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    signal(SIGPIPE, SIG_DFL);
    int socket = fcntl(command->socket, F_DUPFD_CLOEXEC, SPARE);
    int page = fcntl(command->page, F_DUPFD_CLOEXEC, SPARE);
    descriptor_move(-1, STDIN_FILENO);
    descriptor_move(command->output, STDOUT_FILENO);
    descriptor_move(command->output, STDERR_FILENO);
    descriptor_move(socket, 3);
    descriptor_move(page, 4);
    close_range(5, ~0u, 0);
    execl(command->program, command->program, (char *)NULL);
    _exit(127);
}

pid_t box_start(const struct box *box, const struct box_command *command)
{
    pid_t judge = getpid();
    pid_t pid = fork();
    if (pid == 0) command_run(command, judge);
    return pid < 0 ? -errno : pid;
}
