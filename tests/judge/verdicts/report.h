#ifndef VERDICTS_REPORT_H
#define VERDICTS_REPORT_H

// A campaign's counts for people: a table on the terminal, a part of a Markdown page, JSON, and
// a picture.

#include "judge/verdicts/tally.h"

// A row for each condition and variant.
void report_print(const struct tally *tally);

// Every row of the table, and the machine's name, as JSON. 0 or a negative errno.
int report_write_json(const struct tally *tally, const char *path);

// Puts the tables between the page's lines <!-- campaign --> and <!-- end of campaign -->. 0 or
// a negative errno: -EINVAL when they are not there.
int report_write_page(const struct tally *tally, const char *path);

// How many verdicts were wrong, by rule and condition, drawn by gnuplot as an SVG. 0, or a
// negative errno: -ENOENT without gnuplot.
int report_draw(const struct tally *tally, const char *path);

#endif
