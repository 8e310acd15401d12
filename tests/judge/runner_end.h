#ifndef JUDGE_RUNNER_END_H
#define JUDGE_RUNNER_END_H

// Why a call gave no answer, in the student's words: from runner_call's error and from how the
// runner ended. After runner_stop.

#include <stddef.h>
#include "judge/runner_process.h"

// The diagnosis of a call that did not come back within its limit.
#define NO_RETURN "no return"

// That of a runner which a signal ended.
#define CRASH "crash"

// Says in a sentence what an error of runner_call means for the student: it crashed, ended,
// did not return in time, sent nonsense.
void runner_explain(const struct runner *runner, int status, char *text,
                    size_t size);

// The same in a word or two: "crash", "exit", "no answer", ...
const char *runner_diagnosis(const struct runner *runner, int status);

#endif
