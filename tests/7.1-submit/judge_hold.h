#ifndef JUDGE_HOLD_H
#define JUDGE_HOLD_H

// Concurrency without a clock: the judge replies to no slow call until enough of them wait at the
// same moment.

#include "7.1-submit/judge_calls.h"

// Waits for calls until hold_until of them wait at once and no more come, or nothing moves any
// more. 0, -1 with the verdict in the line, or runner_receive's errors.
int calls_hold(struct calls *calls, struct runner *runner);

#endif
