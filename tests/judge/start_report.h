#ifndef JUDGE_START_REPORT_H
#define JUDGE_START_REPORT_H

// How a forked child says that it could not become the program that it should: by a pipe that
// exec closes. What the program itself does afterwards, its exit status included, cannot be
// taken for that.
//
//     struct start_report report;
//     int status = start_report_open(&report);
//     pid_t pid = fork();
//     if (pid == 0) { ...; execv(...); start_report_fail(&report); }
//     status = start_report_take(&report); // waits for exec, or for the child's end

struct start_report {
    int from;
    int to;
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
