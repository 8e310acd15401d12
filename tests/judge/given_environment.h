#ifndef JUDGE_GIVEN_ENVIRONMENT_H
#define JUDGE_GIVEN_ENVIRONMENT_H

// A program that started itself anew may have put orders for a sanitizer, or for the loader,
// into its environment.

#include <stdbool.h>
#include <sys/types.h>

// Has the process the environment that its box gave it? Where that cannot be read, it is
// believed.
bool process_has_given_environment(pid_t pid);

#endif
