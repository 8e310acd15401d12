#ifndef JUDGE_HOLD_H
#define JUDGE_HOLD_H

// Concurrency without a clock: the files are pipes. A reader of a silent pipe waits, so as
// long as the judge writes nothing, every worker that has begun a file stays with it, and
// /proc shows which thread of which process waits for which pipe.

#include "7.2-conversion/judge_conversion.h"

// Keeps every pipe silent until as many workers as there shall be wait for one each, or until
// nothing moves any more. 0, -1 with the verdict in the line, or runner_receive's errors.
int files_hold(struct conversion *conversion, struct runner *runner);

#endif
