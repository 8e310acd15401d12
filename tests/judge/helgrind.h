#ifndef JUDGE_HELGRIND_H
#define JUDGE_HELGRIND_H

// Races that ThreadSanitizer cannot see: between what a student's code does and what HDF5 does
// for it, since the system's library is not built with it. Valgrind's helgrind watches both. It
// takes a hundred times as long, and understands locks, not atomics; so it gets a small run on
// the textbook pool, and only of code that calls HDF5 itself.

#include "judge/rubric.h"

// Makes that run with the line's runner; the verdict that it may leave in line is not used.
typedef void helgrind_run_fn(struct line *line);

// The check of a race line: helgrind's run where it is called for, then ThreadSanitizer's.
void helgrind_race_check(struct line *line, enum executor_kind executor,
                         helgrind_run_fn *run);

#endif
