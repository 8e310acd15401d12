#ifndef GRADE_COURSE_SETUP_H
#define GRADE_COURSE_SETUP_H

// All that is done before the first submission is graded: the box tried, the folder locked, the
// submissions taken in and named.

#include "grade/course.h"

// Sets up what was asked for. 0, or a negative errno with a sentence in text (size bytes). The
// course, its lock too, lasts until the program ends.
int course_setup(struct course *course, char *text, size_t size);

// Removes what submissions were built in.
void course_clean(const struct course *course);

#endif
