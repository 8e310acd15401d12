#ifndef JUDGE_RESULTS_H
#define JUDGE_RESULTS_H

// A grading's results as a file: JSON, schema workbook-results/1.

#include <stdint.h>
#include "judge/rubric.h"

struct grading {
    const char *submission; // the folder, as it was named
    const struct box *box;
    uint64_t seed;
    const struct rubric *rubric;
    const struct exercise *const *exercises; // those that were graded
    unsigned exercise_count;
};

// Writes the file, whole or not at all. 0 or a negative errno.
int results_write(const struct grading *grading, const char *path);

// The names that table and file share: "gate", "passed", "threads" (NULL for none).
const char *line_kind_name(enum line_kind kind);
const char *line_status_name(enum line_status status);
const char *line_executor_name(int executor);

#endif
