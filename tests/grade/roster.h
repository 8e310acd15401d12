#ifndef GRADE_ROSTER_H
#define GRADE_ROSTER_H

// The roster: a CSV file whose first row names the columns, one of them `id`. Any cell of a row
// (login, e-mail, number, name) may be what a submission is called. Names match in either order
// ("Smith, Ann" is "Ann Smith" and "smithann"), upper or lower case.

#include "grade/submissions.h"

// Gives submissions the ids of the roster, flags those it does not know, and adds those who
// handed in nothing. 0, or a negative errno: -EINVAL, there is no column `id`.
int roster_match(struct submissions *submissions, const char *path);

#endif
