#ifndef GRADE_REPORT_H
#define GRADE_REPORT_H

// What all formats are made of: the stored results, one at a time, so that a class of any size
// takes the memory of one.

#include <jansson.h>
#include <stdio.h>
#include "grade/course.h"

// A file that appears when it is complete.
struct report_file {
    FILE *stream; // what is written goes to memory first
    char *path;
    char *bytes;
    size_t size;
};

// Begins a file OUT/name; 0 or a negative errno. report_close writes it: 0 or a negative errno.
int report_open(struct report_file *file, const struct course *course,
                const char *name);
int report_close(struct report_file *file);

// The same for a file a person: OUT/FOLDER/SAFE_NAME.END, its folder made.
int report_open_for(struct report_file *file, const struct course *course,
                    const char *folder, const struct submission *submission,
                    const char *end);

// The points that count: pending ones too where they are granted. Of a result, an exercise or a
// test.
double report_points(const struct course *course, const json_t *object);

// All there is to look at about a submission: its own flags and what its result shows. NULL: it
// has no result. Owned by the caller (free).
char *report_flags(const struct course *course, const struct submission *submission,
                   const json_t *result);

// How an exercise went, in a few words: "passed 8, failed 2; threads: speed pass". Owned by the
// caller (free).
char *report_verdicts(const json_t *exercise);

// What the student should know of an exercise: each failed test with its message, or the
// compiler's words; "" where there is nothing to mend. Owned by the caller (free).
char *report_advice(const json_t *exercise);

// A copy without control characters, but line ends and tabs. Owned by the caller (free).
char *report_printable(const char *text);

#endif
