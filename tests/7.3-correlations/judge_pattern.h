#ifndef JUDGE_PATTERN_H
#define JUDGE_PATTERN_H

// What the places of wrong cells, and what stands in them, say about the mistake.

#include <stdbool.h>
#include "7.3-correlations/judge_cells.h"
#include "futures/futures.h"

// What was found, for the student: one name for it, and the next thing to look at.
struct pattern {
    const char *diagnosis;
    const char *hint;
    bool is_numeric; // numbers are wrong, and not their places
};

struct pattern cells_pattern(const struct cells *cells, enum executor_kind executor);

#endif
