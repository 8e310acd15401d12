#ifndef GRADE_ROUND_H
#define GRADE_ROUND_H

// One round of work on disk, OUT/round: a list of submissions that are all graded once, and a mark
// for each that is done. Whoever grades number N of the list, on whichever machine, needs this
// folder alone. Marks and results appear complete, by a rename, and each result names its round:
// however often a number is begun, it is graded once.
//
//     list.jsonl     a line of the course, then a line a submission
//     token          the round's id: a machine that reads it sees the folder
//     done/17        the mark of number 17: 0 or a negative errno
//     array          only on a cluster: what was sent

#include <stddef.h>
#include "grade/course.h"
#include "grade/engine.h"

enum { ROUND_ID_SIZE = 17 };

struct round {
    char *folder;
    char id[ROUND_ID_SIZE];
    size_t count;
};

// Makes a new one in the place of any earlier one. 0 or a negative errno; round_close in any case.
int round_create(struct round *round, const struct course *course,
                 const struct work work[], size_t count);

// Opens the one that is there. 0 or a negative errno: -ENOENT; round_close in any case.
int round_open(struct round *round, const char *folder);

void round_close(struct round *round);

// Fills in what number N needs to be graded: the course's grader, exercise, box and the like, and
// its submission, which is the course's only one. 0 or a negative errno: -ENOENT, no such number.
// round_course_close in any case.
int round_read(const struct round *round, size_t number, struct course *course,
               enum pass *pass);

// Gives back what round_read has filled in.
void round_course_close(struct course *course);

// Marks a number as done, with how it ended. 0 or a negative errno.
int round_mark(const struct round *round, size_t number, int status);

// How a number ended: 0 or a negative errno; 1: it is not done.
int round_status(const struct round *round, size_t number);

// How many are marked.
size_t round_done(const struct round *round);

// A path in its folder, owned by the caller (free).
char *round_path(const struct round *round, const char *name);

#endif
