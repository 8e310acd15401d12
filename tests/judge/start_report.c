#include "judge/start_report.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int start_report_open(struct start_report *report)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    *report = (struct start_report){ends[0], ends[1]};
    return 0;
}

void start_report_move(struct start_report *report, int least)
{
    int moved = fcntl(report->to, F_DUPFD_CLOEXEC, least);
    if (moved >= 0) report->to = moved;
}

_Noreturn void start_report_fail(const struct start_report *report)
{
    int error = errno ? errno : ENOEXEC;
    // Who cannot even say it ends without a word, as a program that does not start.
    if (write(report->to, &error, sizeof error) < 0) _exit(126);
    _exit(127);
}

int start_report_take(struct start_report *report)
{
    int error = 0;
    ssize_t size;
    close(report->to);
    do size = read(report->from, &error, sizeof error);
    while (size < 0 && errno == EINTR);
    close(report->from);
    return size == (ssize_t)sizeof error ? -error : 0;
}
