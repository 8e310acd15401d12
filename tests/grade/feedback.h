#ifndef GRADE_FEEDBACK_H
#define GRADE_FEEDBACK_H

// What a student reads: a line a test, and under it what to look at.

#include <jansson.h>
#include <stdio.h>
#include "grade/course.h"

void feedback_print(FILE *stream, const struct course *course, const json_t *result);

#endif
