#ifndef GRADE_RESULT_H
#define GRADE_RESULT_H

// A submission's result: the judge's results.json with an object "grading" that says of whom it
// is, of which files and by which grader. One file each, complete or absent.

#include <jansson.h>
#include "grade/course.h"

// The stored result; NULL when there is none that can be read. The caller's (json_decref).
json_t *result_load(const struct course *course,
                    const struct submission *submission);

// Signs a result of the judge and stores it. 0, or a negative errno and what was there stays:
// -EPERM (it ran without a box), -ESTALE (of other files).
int result_store(const struct course *course, const struct submission *submission,
                 json_t *result);

// Is it of the files that are there now, by this grader, and of all that is asked for?
bool result_is_of(const json_t *result, const struct course *course,
                  const struct submission *submission);

// Does it have the points of today's points.txt, and was it not quick where that is not asked?
bool result_is_whole(const json_t *result, const struct course *course);

// Did the machine leave something open that may be decided later?
bool result_is_open(const json_t *result, bool is_quick);

// A text in an object, "" where there is none; borrowed.
const char *result_text(const json_t *object, const char *key);
double result_number(const json_t *object, const char *key);

// The exercise's object; NULL when it has none.
const json_t *result_exercise(const json_t *result, const char *id);

#endif
