#ifndef JUDGE_BOX_H
#define JUDGE_BOX_H

// The box: how a program that is not trusted is started, and what keeps it in.

#include <stdbool.h>
#include <sys/types.h>

enum isolation { ISOLATION_NONE, ISOLATION_REDUCED, ISOLATION_FULL };

// What this machine can give, found once; reason says why it is not full ("" when it is).
struct box {
    enum isolation isolation;
    char reason[256];
};

struct box_command {
    const char *program; // path; it gets no arguments
    const char *folder;  // the one folder that it may write to; NULL: none
    int socket;          // becomes its descriptor 3; -1: none
    int page;            // becomes its descriptor 4; -1: none
    int output;          // its standard output and error; -1: none
};

// Finds the strongest box that works here.
struct box box_choose(void);

// "none", "reduced" or "full".
const char *isolation_name(enum isolation isolation);

// Starts the command in the box, with no descriptor but those it names; its process id, or a
// negative errno. The caller waits for it. All that it starts dies with the judge.
pid_t box_start(const struct box *box, const struct box_command *command);

#endif
