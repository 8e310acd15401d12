#ifndef GRADE_ENGINE_H
#define GRADE_ENGINE_H

// What grades a round of work: this machine, or a cluster. Either runs, for each number of the
// list, one and the same program (one/main.c), so that results do not depend on it.

#include "grade/course.h"
#include "grade/grading.h"

// One submission to be graded; borrowed until the round is over.
struct work {
    struct submission *submission;
    enum pass pass;
    int status; // afterwards: 0, or a negative errno
};

struct engine {
    const char *name;

    // Can it be used for this course? 0, or a negative errno with a sentence in text (size bytes).
    int (*open)(struct course *course, char *text, size_t size);

    // Waits for work that an earlier, interrupted call has sent and that goes on without it. 0, or
    // a negative errno when nothing can be graded, which has been said.
    int (*go_on)(struct course *course);

    // Grades all of it, which may change its order, and fills in each status; is_alone: nothing may
    // run beside a submission. 0, or a negative errno as above.
    int (*run)(struct course *course, const char *title, struct work work[],
               size_t count, bool is_alone);
};

extern const struct engine engine_local, engine_slurm;

// The engine of that name, "" for the local one; NULL when there is none.
const struct engine *engine_find(const char *name);

#endif
