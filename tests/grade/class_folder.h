#ifndef GRADE_CLASS_FOLDER_H
#define GRADE_CLASS_FOLDER_H

// A class's folder, in any of the shapes that instructors have:
//
//     ann/submit.c                        a folder a person: files at the top,
//     ann/7.1-submit/submit.c             in the exercises' shape,
//     ann/exercises/7.1-submit/submit.c   a clone of the workbook,
//     ann/homework/submit.c               or any of these one level down
//     smithann_LATE_12_34_submit-1.c      Canvas: the highest number wins
//     Ann Smith_12_assignsubmission_file/submit.c      Moodle, with and without folders
//
// also mixed, also one folder further down. What begins with a dot is left alone; no link is
// followed. Names may be any bytes.

#include "grade/submissions.h"

// Adds what is there to the submissions. 0 or a negative errno.
int class_folder_read(struct submissions *submissions,
                      const struct workbook *workbook, const char *path);

#endif
