#ifndef JUDGE_BOX_H
#define JUDGE_BOX_H

// The box: how a program that is not trusted is started, and what keeps it in.
//
//     full     namespaces (bubblewrap): no sight of anything but the system's libraries and
//              the program, no network, nothing writable but one folder and small private
//              /tmp and /dev/shm, processes and memory bounded, an own user where possible
//     reduced  Landlock, seccomp and limits: the same promises with weaker means
//     none     only limits: for one's own code
//
// Which one is known from a trial (box_choose.h), never from what ought to work.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "judge/cgroup.h"

enum isolation { ISOLATION_NONE, ISOLATION_REDUCED, ISOLATION_FULL };

enum { BOX_LIMITS = 16 };

// A program that runs the box's program, to watch it.
struct box_tool {
    const char *const *words;    // its path and its options; NULL at the end
    const char *const *readable; // the files and folders that it needs, likewise
};

struct box {
    enum isolation isolation;
    uid_t uid;         // the user that runs in it; 0: the judge's own
    bool has_cgroups;  // memory and processes are bounded for a whole run together
    bool is_sanitized; // the program is built with a sanitizer, which needs address
                       // space without bound, always the same, and ptrace of itself
    const struct box_tool *tool; // that runs the program; NULL: none does
    uint64_t memory_bytes;       // that a run may use
    unsigned processes;          // and threads that a run may have
    char launcher[1024]; // bounds the processes (probe/main.c) in a full box of the
                         // judge's own user, whose namespace counts them apart from
                         // all that the user runs; "": the box's start bounds them
    char reason[512];    // why it is not full; "" when it is
    int verified_count;
    const char *verified[BOX_LIMITS]; // the limits that the trial saw hold
};

struct box_command {
    const char *program;  // absolute path
    const char *argument; // its one argument; NULL: none
    const char *folder; // the one folder that it may write to, absolute; NULL: none
    int socket;         // becomes its descriptor 3; -1: none
    int page;           // becomes its descriptor 4; -1: none
    int output;         // its standard output and error; -1: none
    bool is_narrow;     // it has one processor
};

// "none", "reduced" or "full".
const char *isolation_name(enum isolation isolation);

// Starts the command in the box, with no descriptor but those it names; its process id, or a
// negative errno. *group gets the run's control group: cgroup_destroy is due when the process
// has been reaped; NULL: none is made. All that it starts dies with the judge. The folder is
// given to the box's user.
pid_t box_start(const struct box *box, const struct box_command *command,
                struct cgroup *group);

// In a process made for it: becomes the box's user for good. false when that failed.
bool box_user_become(const struct box *box);

#endif
