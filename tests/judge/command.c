#include "judge/command.h"
#include "judge/clock.h"
#include "judge/start_report.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// Ends with its parent, which may be gone before this is asked for. Returns, with errno, when it
// cannot.
static void command_become(const struct command *command, int output, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    setpgid(0, 0);
    int input = open("/dev/null", O_RDONLY);
    if (input < 0) return;
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    if (command->folder && chdir(command->folder) < 0) return;
    if (command->become)
        command->become(command->context, command->arguments);
    else
        execvp(command->arguments[0], (char *const *)command->arguments);
}

// The child's process, once it is the program; or a negative errno.
static pid_t command_start(const struct command *command, const int output[2])
{
    struct start_report report;
    int status = start_report_open(&report);
    if (status) return status;
    pid_t parent = getpid(), pid = fork();
    int error = errno;
    if (pid == 0) {
        start_report_move(&report, STDERR_FILENO + 1);
        command_become(command, output[1], parent);
        start_report_fail(&report);
    }
    status = start_report_take(&report);
    if (pid < 0) return -error;
    if (status) waitpid(pid, NULL, 0);
    return status ? status : pid;
}

// Reads until the end of output or the deadline; what does not fit is thrown away.
static int output_keep(int output, char *text, size_t size, int64_t deadline_ns)
{
    char rest[4096];
    size_t kept = 0;
    for (;;) {
        int64_t left_ms = (deadline_ns - clock_now_ns()) / 1000000;
        struct pollfd wait_for = {.fd = output, .events = POLLIN};
        if (left_ms <= 0 || poll(&wait_for, 1, (int)left_ms) == 0) return -ETIMEDOUT;
        size_t room = size - 1 - kept;
        ssize_t part =
            room ? read(output, text + kept, room) : read(output, rest, sizeof rest);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) return 0;
        if (room) kept += (size_t)part;
        text[kept] = '\0';
    }
}

int command_run(const struct command *command, char *text, size_t size)
{
    int output[2];
    *text = '\0';
    if (pipe2(output, O_CLOEXEC) < 0) return -errno;
    pid_t pid = command_start(command, output);
    close(output[1]);
    int status = pid < 0 ? pid : 0;
    if (pid > 0) {
        int64_t deadline_ns =
            clock_now_ns() + (int64_t)command->limit_s * 1000000000;
        status = output_keep(output[0], text, size, deadline_ns);
        if (status) kill(-pid, SIGKILL);
        int how;
        while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
            ;
        if (!status)
            status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
    }
    close(output[0]);
    return status;
}
