#ifndef GRADE_GRADING_H
#define GRADE_GRADING_H

// One submission judged once, by a judge of its own process.

#include "grade/course.h"

enum pass {
    PASS_ANEW,     // building and correctness, from nothing
    PASS_CONTINUE, // what the stored result has not got yet
    PASS_OPEN,     // what is open, speed too: nothing else may run beside it
};

// Judges and stores. workshop: an absolute folder, made where it is not there, that no other
// grading uses at this time. 0 or a negative errno, and then the stored result is as before and
// OUT/failed/ has what the judge said.
int grading_run(const struct course *course, const struct submission *submission,
                enum pass pass, const char *workshop);

// Keeps the files, the result and what the judge said, for an appeal, in a new folder of
// OUT/appeals/; its name, owned by the caller (free), or NULL and errno.
char *grading_appeal_open(const struct course *course,
                          const struct submission *submission);
int grading_appeal_close(const struct course *course,
                         const struct submission *submission, const char *folder);

#endif
