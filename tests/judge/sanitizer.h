#ifndef JUDGE_SANITIZER_H
#define JUDGE_SANITIZER_H

// Sanitizer lines: an exercise's gates of one executor, run once more with code that was
// compiled to watch itself. Each is a line_check_fn.

#include "judge/rubric.h"

// Under AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer.
void sanitizer_memory_check(struct line *line, enum executor_kind executor);

// Under ThreadSanitizer; for threads only.
void sanitizer_race_check(struct line *line, enum executor_kind executor);

#endif
