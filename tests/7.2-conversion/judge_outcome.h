#ifndef JUDGE_OUTCOME_H
#define JUDGE_OUTCOME_H

// What came of a run of convert_files, beside what should have.

#include "7.2-conversion/judge_conversion.h"

// Checks what was returned, every status, every file, and that nothing else is in the folder or
// was left open. 0, or -1 with the verdict in the line.
int outcome_check(struct conversion *conversion);

#endif
