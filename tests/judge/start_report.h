#ifndef JUDGE_START_REPORT_H
#define JUDGE_START_REPORT_H

// How a forked child says that it could not become the program that it should: in memory that
// exec takes away, beside a pipe that exec closes. Nothing has to succeed for that, and what the
// program itself does afterwards, its exit status included, cannot be taken for it.
//
//     struct start_report report;
//     int status = start_report_open(&report);
//     pid_t pid = fork();
//     if (pid == 0) { ...; execv(...); start_report_fail(&report); }
//     status = start_report_take(&report); // waits for exec, or for the child's end

#include <stdatomic.h>

struct start_report {
    int from; // at its end when the child became the program, or ended
    int to;
    atomic_int *error; // shared by both
};

// 0 or a negative errno.
int start_report_open(struct start_report *report);

// In the child: moves the pipe to a descriptor from `least` on, out of the way.
void start_report_move(struct start_report *report, int least);

// In the child: reports errno, and ends.
_Noreturn void start_report_fail(const struct start_report *report);

// In the parent: closes the pipe. 0: the child became the program; else what it reported, a
// negative errno.
int start_report_take(struct start_report *report);

#endif
