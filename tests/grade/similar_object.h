#ifndef GRADE_SIMILAR_OBJECT_H
#define GRADE_SIMILAR_OBJECT_H

// What the class page shows of similar submissions: the pairs to look at, with both texts.

#include <jansson.h>
#include "grade/course.h"

// {"reason": ..., "exercises": [{"id", "compared", "too_short", "too_long", "median"}],
//  "pairs": [{"exercise", "ids": [a, b], "words": [..], "likeness", "median", "texts": [..]}],
//  "more": 0}: pairs that are more than half of the way from the median pair to equal ones, at
// most 30; more: how many were left out. A text is an array of runs of lines, [what, lines]: what is
// "given", "own" or "alike". The caller's (json_decref).
json_t *similar_object(const struct course *course);

#endif
