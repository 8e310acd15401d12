#ifndef GRADE_FORMATS_H
#define GRADE_FORMATS_H

// The files that grades leave in, all made from the stored results. Each is complete or absent,
// and all are written anew every time. 0 or a negative errno.

#include "grade/course.h"

int grades_csv_write(const struct course *course); // grades.csv: a row an exercise
int similar_csv_write(
    const struct course *course); // similar.csv: a row a pair to look at
int canvas_csv_write(
    const struct course *course); // canvas.csv: the gradebook, filled in
int moodle_csv_write(const struct course *course); // moodle.csv: a grading worksheet
int gradescope_write(
    const struct course *course); // gradescope/ID.json: a results.json each
int autolab_write(
    const struct course *course); // autolab/ID.txt: scores as its last line
int junit_write(const struct course *course);      // junit.xml
int feedback_write(const struct course *course);   // feedback/ID.txt
int class_page_write(const struct course *course); // class.html

#endif
