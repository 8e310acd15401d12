#ifndef JUDGE_TABLE_H
#define JUDGE_TABLE_H

// A grading's results for a person: a line a test, what to look at next, the sums.

#include "judge/results.h"

// Prints them on standard output; the last line is `grade: 0 of 100, 0 pending`.
void table_print(const struct grading *grading);

#endif
