#ifndef JUDGE_RUNNER_KEPT_H
#define JUDGE_RUNNER_KEPT_H

// A runner that may serve one call after the other, where the mode says so (runner_mode.h): under
// a sanitizer, starting one takes longer than most calls.
//
//     int status = runner_take(&runner, box, program);
//     if (!status) status = runner_call(&runner, ...);
//     runner_give(&runner, status);    // stopped, or kept for the next to take it
//     ...
//     runner_kept_stop();              // what it printed has now been watched
//
// Without the mode, runner_take is runner_start, and runner_give is runner_stop. What a kept
// runner printed, and what its calls cost, is not known before runner_kept_stop.
//
// Not thread-safe: one test's process keeps one runner at most.

#include "judge/runner_process.h"

// As runner_start, without a folder; or the runner that was kept, if it is of that program and
// as shaken as one would be now.
int runner_take(struct runner *runner, const struct box *box, const char *program);

// status: of the last call; only after 0 is a runner kept.
void runner_give(struct runner *runner, int status);

// Stops the runner that is kept, if there is one. Was a runner taken a second time since this was
// called last?
bool runner_kept_stop(void);

#endif
