#ifndef GRADE_PASSES_H
#define GRADE_PASSES_H

// The two passes over a class: building and correctness side by side, then what is timed, one
// after the other on a machine that was asked whether it is quiet, and once more what it could
// not decide.

#include "grade/course.h"

// Grades all who need it; how many could not be graded, each of whom is flagged.
unsigned passes_run(struct course *course);

#endif
