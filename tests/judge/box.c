#include "judge/box.h"
#include "judge/bubblewrap.h"
#include "judge/landlock.h"
#include "judge/start_report.h"
#include "judge/system_calls.h"
#include "judge/words.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SPARE_DESCRIPTOR = 200, DESCRIPTORS = 512, CPU_SECONDS = 120 };

// Processes and threads that the user may start elsewhere while a box of the same user runs.
enum { ELSEWHERE = 512 };

// Address space per byte of memory: threads' stacks and heaps reserve more than they use.
enum { ADDRESS_PER_MEMORY = 4 };

// The largest legal answer, and some more.
static const uint64_t FILE_BYTES = UINT64_C(272) << 20;

const char *isolation_name(enum isolation isolation)
{
    static const char *const names[] = {"none", "reduced", "full"};
    return names[isolation];
}

static void limit_set(int resource, uint64_t limit)
{
    setrlimit((__rlimit_resource_t)resource, &(struct rlimit){limit, limit});
}

// A limit on a user's processes counts threads, and all that the user runs elsewhere: where the
// box has no user of its own it is set above what there is now. (A folder of threads has a link
// for each, and two more.)
static uint64_t processes_limit(const struct box *box)
{
    struct stat threads;
    char path[300];
    uint64_t limit = box->processes;
    DIR *folder = box->uid ? NULL : opendir("/proc");
    if (!folder) return limit;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
        snprintf(path, sizeof path, "/proc/%s/task", entry->d_name);
        if (stat(path, &threads) == 0 && threads.st_uid == geteuid())
            limit += threads.st_nlink - 2;
    }
    closedir(folder);
    return limit + ELSEWHERE;
}

static void limits_set(const struct box *box)
{
    limit_set(RLIMIT_CORE, 0);
    if (box->isolation == ISOLATION_NONE) return;
    limit_set(RLIMIT_CPU, CPU_SECONDS);
    limit_set(RLIMIT_FSIZE, FILE_BYTES);
    limit_set(RLIMIT_NOFILE, DESCRIPTORS);
    if (!box->is_sanitized)
        limit_set(RLIMIT_AS, ADDRESS_PER_MEMORY * box->memory_bytes);
    limit_set(RLIMIT_MEMLOCK, 65536);
    if (!*box->launcher) limit_set(RLIMIT_NPROC, processes_limit(box));
}

// Puts the command's descriptors at their places and closes all others. They are moved out
// of the way first, so that none steps on one that is still to be moved.
static void descriptors_place(const struct box_command *command)
{
    int socket = fcntl(command->socket, F_DUPFD, SPARE_DESCRIPTOR);
    int page = fcntl(command->page, F_DUPFD, SPARE_DESCRIPTOR);
    int output = fcntl(command->output, F_DUPFD, SPARE_DESCRIPTOR);
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(output < 0 ? nothing : output, STDOUT_FILENO);
    dup2(output < 0 ? nothing : output, STDERR_FILENO);
    if (socket >= 0)
        dup2(socket, 3);
    else
        close(3);
    if (page >= 0)
        dup2(page, 4);
    else
        close(4);
    close_range(5, ~0u, CLOSE_RANGE_CLOEXEC);
}

// Nobody may look into the environment of the judge, least of all from a box.
static void program_become(const struct box *box, const struct box_command *command)
{
    char temporary[4096];
    const char *environment[] = {"PATH=/usr/bin", "LC_ALL=C", NULL, NULL};
    struct words words = {0};
    if (box->tool) words_add(&words, box->tool->words);
    if (box->tool && command->folder) {
        snprintf(temporary, sizeof temporary, "TMPDIR=%s", command->folder);
        environment[2] = temporary;
    }
    WORDS_ADD(&words, command->program);
    if (command->argument) WORDS_ADD(&words, command->argument);
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): the program is among them
    execve(words.values[0], (char *const *)words.values, (char *const *)environment);
}

static int reduced_enter(const struct box *box, const struct box_command *command)
{
    const char *readable[16] = {"/usr/lib",      "/lib",
                                "/lib64",        "/etc/ld.so.cache",
                                "/proc",         "/sys/devices/system/cpu",
                                command->program};
    for (int i = 0, count = 7; box->tool && box->tool->readable[i]; i++)
        if (count < 15) readable[count++] = box->tool->readable[i];
    int status = landlock_enter(readable, command->folder);
    return status ? status : system_calls_refuse(box->is_sanitized);
}

// All that this process may use from now on is the processor that it runs on.
static bool processor_keep(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)sched_getcpu(), &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

// Returns, with errno, when it cannot.
static void command_become(const struct box *box, const struct box_command *command,
                           const struct cgroup *group, pid_t judge)
{
    if (!cgroup_enter(group)) return;
    if (command->is_narrow && !processor_keep()) return;
    setsid();
    if (box->is_sanitized) personality(ADDR_NO_RANDOMIZE);
    limits_set(box);
    signal(SIGPIPE, SIG_DFL);
    descriptors_place(command);
    if (!box_user_become(box)) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL); // changing the user takes it away
    if (getppid() != judge) _exit(127);
    if (box->isolation == ISOLATION_FULL) {
        bubblewrap_become(box, command);
        return;
    }
    int status =
        box->isolation == ISOLATION_REDUCED ? reduced_enter(box, command) : 0;
    if (!status) program_become(box, command);
    if (status) errno = -status;
}

static pid_t child_start(const struct box *box, const struct box_command *command,
                         const struct cgroup *group)
{
    struct start_report report;
    int status = start_report_open(&report);
    if (status) return status;
    pid_t judge = getpid(), pid = fork();
    int error = errno;
    if (pid == 0) {
        start_report_move(&report, SPARE_DESCRIPTOR);
        command_become(box, command, group, judge);
        start_report_fail(&report);
    }
    status = start_report_take(&report);
    if (pid < 0) return -error;
    if (status) waitpid(pid, NULL, 0);
    return status ? status : pid;
}

pid_t box_start(const struct box *box, const struct box_command *command,
                struct cgroup *group)
{
    struct cgroup none = {0};
    if (group)
        *group = box->has_cgroups ? cgroup_create(box->memory_bytes, box->processes)
                                  : none;
    else
        group = &none;
    if (box->uid && command->folder &&
        chown(command->folder, box->uid, box->uid) < 0)
        return -errno;
    bool is_bounded = group == &none || !box->has_cgroups || group->count > 0;
    pid_t pid = is_bounded ? child_start(box, command, group) : -EIO;
    if (pid < 0) cgroup_destroy(group);
    return pid;
}

bool box_user_become(const struct box *box)
{
    uid_t uid = box->uid;
    return uid == 0 || (setgroups(0, NULL) == 0 && setresgid(uid, uid, uid) == 0 &&
                        setresuid(uid, uid, uid) == 0);
}
