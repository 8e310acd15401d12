#ifndef JUDGE_COMMAND_H
#define JUDGE_COMMAND_H

// Another program run to its end, with what it prints kept.

#include <stddef.h>

// Becomes the program of the arguments; returns only on failure.
typedef void command_become_fn(const void *context, const char *const arguments[]);

struct command {
    const char *const
        *arguments;            // arguments[0] is looked up in PATH; ends with NULL
    const char *folder;        // where it runs; NULL: here
    unsigned limit_s;          // it is killed after that long
    command_become_fn *become; // how the process becomes it; NULL: execvp
    const void *context;       // handed to become
};

// Runs it with no input. text gets the beginning of what it printed on both outputs, ended by
// a NUL. Its exit status, 128 + the signal that ended it, or a negative errno: -ETIMEDOUT, or why
// it could not be started: -ENOENT, there is no such program.
int command_run(const struct command *command, char *text, size_t size);

#endif
