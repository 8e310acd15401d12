#ifndef JUDGE_LOADING_H
#define JUDGE_LOADING_H

// load_series on files that the judge has written: unequal calendars, missing values, another
// column; and files that cannot be read.

#include "judge/rubric.h"

void loading_align_check(struct line *line, enum executor_kind executor);
void loading_failure_check(struct line *line, enum executor_kind executor);

#endif
