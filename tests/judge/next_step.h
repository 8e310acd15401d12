#ifndef JUDGE_NEXT_STEP_H
#define JUDGE_NEXT_STEP_H

// What a student should look at next: one line of an exercise, and the statement's hint for it.

#include "judge/rubric.h"

// The failed line to mend first: of a wrong answer, then of concurrency, since everything else
// waits for it, then of sanitizers and speed. NULL: none has failed.
const struct line *next_line(const struct rubric *rubric,
                             const struct exercise *exercise);

// The number of the hint, counted from 1, that the exercise's hints.txt has for the line's
// diagnosis; 0: none of them is about that.
int next_hint(const struct line *line);

#endif
