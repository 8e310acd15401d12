#ifndef COMPARISON_H
#define COMPARISON_H

// The judge's results against what is expected of a submission.

#include <jansson.h>
#include <stdbool.h>
#include "mutants/expectation.h"

// Is the verdict as it should be, and told to a student in at most three rows a failed test,
// without paths and expressions? box: "box=reduced", NULL: any. If not, `why` says it.
bool results_right(const struct expectation *expected, const json_t *results,
                   const char *box, char why[TEXT_SIZE]);

// Could the machine not decide what this submission is about, and gave it nothing too much? What
// it was told is right all the same.
bool results_open(const struct expectation *expected, const json_t *results);

#endif
