#ifndef GRADE_COURSE_H
#define GRADE_COURSE_H

// One grading of a class: what is graded, with what, and where the results go. All is set before
// the first submission is graded; afterwards each submission belongs to the one who grades it.

#include <stdbool.h>
#include "grade/similar.h"
#include "grade/submissions.h"
#include "grade/workbook.h"

struct course {
    // As asked for; borrowed:
    const char *root;            // the project's folder, absolute
    const char *judge;           // the judge, from there
    const char *built;           // build/plain: what it was built into
    const char *folder;          // the submissions, or an archive of them
    const char *out;             // absolute
    const char *exercise;        // only this one; NULL: all
    const char *only;            // only this person, anew; NULL: all who need it
    const char *roster;          // a file; NULL: none
    const char *canvas;          // an exported gradebook; NULL: none
    const char *canvas_column;   // the one that gets the sum; NULL: a new one
    const char *box;             // no stronger box than this; NULL: the strongest
    const char *site;            // a file of what the cluster wants; NULL: none
    const struct engine *engine; // what grades: this machine, or a cluster
    bool is_quick;               // without speed and sanitizers
    bool grants_pending;         // pending points count as earned
    bool leaves_similar_out;     // does not compare submissions with each other
    unsigned jobs;               // how many are judged side by side
    // Found at the start:
    struct workbook workbook;
    struct submissions submissions;
    char grader[65]; // the hash of judge and runners: another one grades anew
    char points[65]; // the hash of all points.txt: other points are counted anew
    const char *workshop; // where submissions are built, absolute; one a course
    char round[17];       // the id of the round that is graded, which results name
    // Found at the end:
    struct similar similar;
};

struct engine;

// A path below out, owned by the caller (free): out/FOLDER/SAFE_NAME.END.
char *course_path(const struct course *course, const char *folder,
                  const struct submission *submission, const char *end);

// Fills in grader and points from the files below the root, as they are now. What verdicts come
// from, as bytes: another compiler or flag is another grader, too. 0 or a negative errno.
int course_hashes_take(struct course *course);

#endif
