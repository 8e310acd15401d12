#ifndef JUDGE_RESULTS_H
#define JUDGE_RESULTS_H

// What a run of submit_table gave back, beside what the judge had replied to its calls.

#include "7.1-submit/judge_calls.h"

// Checks that each call was made once, and that each result is in its place. 0, or -1 with the
// verdict in the line.
int calls_check(struct calls *calls);

#endif
