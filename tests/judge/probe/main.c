// The probe: run inside a box, it tries what a box must refuse and prints the name of every
// limit that held, a line each. The judge believes nothing else about a box.
//
//     probe JUDGE_PID:[processes]:PATH     PATH: a file that must be out of sight; processes:
//                                          their number is tried, too
//     probe processes MOST PROGRAM...      bounds them, then becomes the program
//
// The second way it stands before what runs in a user namespace. Set in there, the limit counts
// what is in there; from outside it would count all that the user runs, and a neighbour could
// use it up.

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FORKS = 1024, MEGABYTES = 1024 };

static const char *hidden_path;
static bool counts_processes;
static pid_t judge_pid;

static bool files_are_hidden(void)
{
    return open(hidden_path, O_RDONLY) < 0 && open("/etc/passwd", O_RDONLY) < 0;
}

static bool network_is_refused(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0 &&
           socket(AF_UNIX, SOCK_STREAM, 0) < 0;
}

static bool system_is_read_only(void)
{
    static const char *const places[] = {"/written", "/usr/lib/written",
                                         "/dev/written", "/proc/self/../written"};
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
        if (open(places[i], O_WRONLY | O_CREAT, 0600) >= 0) return false;
    return true;
}

static bool signals_are_refused(void)
{
    return kill(judge_pid, 0) < 0;
}

static bool processors_are_kept(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return false;
    return sched_setaffinity(0, sizeof set, &set) < 0;
}

static bool namespaces_are_refused(void)
{
    return unshare(CLONE_NEWUSER) < 0;
}

// Children that only wait: refused at some number, or it is not bounded.
static bool processes_are_bounded(void)
{
    static pid_t children[FORKS];
    int count = 0;
    if (!counts_processes) return false;
    while (count < FORKS && (children[count] = fork()) >= 0) {
        if (children[count] == 0) {
            pause();
            _exit(0);
        }
        count++;
    }
    for (int i = 0; i < count; i++) kill(children[i], SIGKILL);
    while (wait(NULL) > 0)
        ;
    return count < FORKS;
}

// Touches memory in a child: it ends by a refusal or is killed, before it has it all.
static bool memory_is_bounded(void)
{
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < MEGABYTES; i++) {
            char *place = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            if (place == MAP_FAILED) _exit(1);
            memset(place, 1, 1 << 20);
        }
        _exit(0);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child &&
           !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static bool temporary_files_are_bounded(void)
{
    static char megabyte[1 << 20];
    bool is_bounded = false;
    int fd = open("/tmp/written", O_WRONLY | O_CREAT, 0600);
    if (fd < 0) return true;
    for (int i = 0; i < 512 && !is_bounded; i++)
        is_bounded =
            write(fd, megabyte, sizeof megabyte) != (ssize_t)sizeof megabyte;
    close(fd);
    unlink("/tmp/written");
    return is_bounded;
}

static void *thread_main(void *unused)
{
    return NULL;
}

// What a submission needs must work: threads, processes, shared memory.
static bool work_is_possible(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, thread_main, NULL)) return false;
    pthread_join(thread, NULL);
    int pair[2], memory = memfd_create("probe", 0);
    pid_t child = fork();
    if (child == 0) _exit(0);
    return child > 0 && waitpid(child, NULL, 0) == child && memory >= 0 &&
           ftruncate(memory, 4096) == 0 &&
           socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0;
}

static bool asked_read(const char *asked)
{
    const char *limit = strchr(asked, ':');
    const char *path = limit ? strchr(limit + 1, ':') : NULL;
    if (!path) return false;
    judge_pid = (pid_t)atoi(asked);
    counts_processes = path > limit + 1;
    hidden_path = path + 1;
    return true;
}

// Returns when it cannot.
static int bounded_become(char *values[])
{
    rlim_t most = strtoul(values[0], NULL, 10);
    if (setrlimit(RLIMIT_NPROC, &(struct rlimit){most, most}) == 0)
        execv(values[1], values + 1);
    perror(values[1]);
    return 126;
}

int main(int count, char *values[])
{
    static const struct {
        const char *name;
        bool (*holds)(void);
    } limits[] = {{"work", work_is_possible},
                  {"files", files_are_hidden},
                  {"network", network_is_refused},
                  {"read-only", system_is_read_only},
                  {"signals", signals_are_refused},
                  {"processors", processors_are_kept},
                  {"namespaces", namespaces_are_refused},
                  {"temporary files", temporary_files_are_bounded},
                  {"processes", processes_are_bounded},
                  {"memory", memory_is_bounded}};
    if (count > 3 && strcmp(values[1], "processes") == 0)
        return bounded_become(values + 2);
    if (count < 2 || !asked_read(values[1])) return 2;
    signal(SIGXFSZ, SIG_IGN);
    for (unsigned i = 0; i < sizeof limits / sizeof *limits; i++)
        if (limits[i].holds()) {
            puts(limits[i].name);
            fflush(stdout);
        }
    return 0;
}
