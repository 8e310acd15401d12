#include "judge/start_report.h"
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

int start_report_open(struct start_report *report)
{
    int ends[2];
    atomic_int *error = mmap(NULL, sizeof *error, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (error == MAP_FAILED) return -errno;
    if (pipe2(ends, O_CLOEXEC) == 0) {
        *report = (struct start_report){ends[0], ends[1], error};
        return 0;
    }
    int status = -errno;
    munmap(error, sizeof *error);
    return status;
}

void start_report_move(struct start_report *report, int least)
{
    int moved = fcntl(report->to, F_DUPFD_CLOEXEC, least);
    if (moved >= 0) report->to = moved;
}

_Noreturn void start_report_fail(const struct start_report *report)
{
    atomic_store(report->error, errno ? errno : ENOEXEC);
    _exit(127);
}

int start_report_take(struct start_report *report)
{
    char nothing;
    close(report->to);
    while (read(report->from, &nothing, 1) < 0 && errno == EINTR)
        ;
    close(report->from);
    int status = -atomic_load(report->error);
    munmap(report->error, sizeof *report->error);
    return status;
}
