#ifndef JUDGE_SANITIZER_H
#define JUDGE_SANITIZER_H

// Sanitizer lines: an exercise's gates of one executor, run once more with code that was
// compiled to watch itself. Each is a line_check_fn.

#include "judge/rubric.h"

// Under AddressSanitizer, UndefinedBehaviorSanitizer and LeakSanitizer.
void sanitizer_memory_check(struct line *line, enum executor_kind executor);

// Under ThreadSanitizer; for threads only.
void sanitizer_race_check(struct line *line, enum executor_kind executor);

// Runs a line's test that crashed once more under the first of these, and adds to its message
// where that was. The process is good for no other test afterwards.
void sanitizer_locate(struct line *line);

#endif
