#ifndef JUDGE_HINT_H
#define JUDGE_HINT_H

// The statement's hints, and which of them helps with what was found.

#include "judge/rubric.h"

// The number of the hint, counted from 1, that the exercise's hints.txt has for the line's
// diagnosis; 0: none of them is about that.
int hint_find(const struct line *line);

#endif
