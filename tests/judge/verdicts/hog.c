#include "judge/verdicts/hog.h"
#include "judge/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PART = 1 << 20, PARTS = 32, BURST_MS = 60, STEPS = 20000 };

static pid_t starter;

static void spin_until(int64_t end_ns)
{
    while (clock_now_ns() < end_ns)
        for (volatile int i = 0; i < STEPS; i++) continue;
}

// The kernel's own signal (PR_SET_PDEATHSIG) comes first; this is for the moment before it
// was asked for.
static bool has_starter(void)
{
    return getppid() == starter;
}

static void burst(void)
{
    spin_until(clock_now_ns() + (5 + rand() % BURST_MS) * (int64_t)1000000);
    usleep((useconds_t)(5 + rand() % BURST_MS) * 1000);
}

// 32 MiB there and back, past what the system would keep in memory.
static void disk_use(int fd)
{
    static char part[PART];
    lseek(fd, 0, SEEK_SET);
    for (int i = 0; i < PARTS; i++)
        if (write(fd, part, sizeof part) < 0) _exit(1);
    fsync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    lseek(fd, 0, SEEK_SET);
    while (read(fd, part, sizeof part) > 0) continue;
}

static _Noreturn void hog_run(enum hog_kind kind, const char *path)
{
    int fd = -1;
    if (kind == HOG_SESSION) setsid();
    if (kind == HOG_DISK) {
        fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        unlink(path);
        if (fd < 0) _exit(1);
    }
    while (has_starter()) {
        if (kind == HOG_DISK)
            disk_use(fd);
        else if (kind == HOG_BURSTY)
            burst();
        else
            spin_until(clock_now_ns() + 10000000);
    }
    _exit(0);
}

pid_t hog_start(enum hog_kind kind, unsigned seconds, const char *path)
{
    starter = getpid();
    pid_t hog = fork();
    if (hog < 0) return -errno;
    if (hog > 0) return hog;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    alarm(seconds);
    srand((unsigned)getpid());
    hog_run(kind, path);
}

void hog_stop(pid_t hog)
{
    if (hog <= 0) return;
    kill(hog, SIGKILL);
    waitpid(hog, NULL, 0);
}
