#ifndef JUDGE_TABLE_H
#define JUDGE_TABLE_H

// A grading's results for a person: a line a test, what to look at next, the sums.

#include "judge/results.h"

// What a line has to say stands below it, indented, in rows of so many columns.
enum { TABLE_INDENT = 4, TABLE_TEXT_WIDTH = 81 };

// Prints them on standard output; the last line is `grade: 0 of 100, 0 pending`.
void table_print(const struct grading *grading);

#endif
