#ifndef PICTURES_REPORT_H
#define PICTURES_REPORT_H

// What a comparison found: tables in the terminal, the same as JSON, and the files from which
// gnuplot draws (NAME.dat and NAME.gp).

#include <jansson.h>
#include "pictures/compare/study.h"

struct report {
    const char *folder; // borrowed
    const char *exercise;
    json_t *root;
};

void report_open(struct report *report, const char *folder, const char *exercise);

// Prints the study's table, adds it to the JSON, writes what its picture needs.
void report_study(struct report *report, const struct study *study);

// Adds a value (given) to the list of that name in the JSON.
void report_add(struct report *report, const char *list, json_t *value);

// A spread as JSON, in the unit that scale makes of it.
json_t *report_spread(struct spread spread, double scale);

// A file in the folder, EXERCISE-NAME.SUFFIX, to be closed by the caller.
FILE *report_file(const struct report *report, const char *name, const char *suffix);

// Writes FOLDER/EXERCISE.json and frees.
void report_close(struct report *report);

#endif
