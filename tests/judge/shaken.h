#ifndef JUDGE_SHAKEN_H
#define JUDGE_SHAKEN_H

// One run under a shaken schedule: the runner's threads are held up, by delays drawn from the
// judge's seed, around the calls by which they meet; waits end although nobody called, and the
// pools do not get every thread that they ask for. Never a timed run.

#include "judge/rubric.h"

// Calls run, whose runners are shaken, and adds to the verdict, where it is a failure, how it is
// repeated. What run returns.
int shaken_run(struct line *line, enum executor_kind executor,
               int (*run)(struct line *line, enum executor_kind executor));

#endif
