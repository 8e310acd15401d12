#ifndef GRADE_INTAKE_H
#define GRADE_INTAKE_H

// Takes the files in, each by the judge's importer: regular, small, never through a link. What is
// graded are these copies, OUT/sources/ID/submit.c, and their hashes tell whether a submission
// has changed.

#include "grade/submissions.h"

// Copies a submission's files and fills in each one's hash, or the reason why it was not taken.
// 0 or a negative errno. One thread at a time.
int intake(struct submission *submission, const struct workbook *workbook,
           const char *sources);

// The SHA-256 of what a shell command prints, in hex. 0 or a negative errno.
int hash_of_command(const char *folder, const char *script, char hash[65]);

// Flags submissions that hold the same file, but for the files given (tests/7.x/baseline.c).
void intake_flag_copies(struct submissions *submissions,
                        const struct workbook *workbook, const char *root);

#endif
