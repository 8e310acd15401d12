#ifndef JUDGE_EARLIER_RESULTS_H
#define JUDGE_EARLIER_RESULTS_H

// What an earlier grading decided, read from its results: a grading that goes on from there runs
// only what was left open. A line counts as decided if the exercise's file is still the same (its
// source_hash) and the line passed, failed or was skipped; speed only where no points are open.

#include "judge/rubric.h"

// Gives the line the verdict that it had in `results` (schema workbook-results/1), if any; the
// exercise must be built. true when it did.
bool earlier_results_take(const struct json_t *results, struct line *line);

#endif
