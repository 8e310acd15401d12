#ifndef GRADE_CSV_H
#define GRADE_CSV_H

// Tables as spreadsheets export them: cells in quotes where they hold a delimiter, a quote or a
// line end; a comma, semicolon or tab between them; perhaps a byte order mark before all.

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct csv_row {
    char **cells;
    size_t count;
};

struct csv {
    struct csv_row *rows;
    size_t count;
    char delimiter;
    bool has_mark; // a byte order mark
};

// Reads a whole file. 0, or a negative errno. csv_close is due only on 0.
int csv_load(struct csv *csv, const char *path);
void csv_close(struct csv *csv);

// A cell, "" beyond the row's end; borrowed until csv_close.
const char *csv_cell(const struct csv *csv, size_t row, size_t column);

// The column of the first row whose name that is, upper or lower case; -1: there is none.
int csv_column(const struct csv *csv, const char *name);

// Writes cells in a row. One that a spreadsheet would take for a formula (it begins with = + - @,
// a tab or a return, and is no number) gets a ' before it.
struct csv_writer {
    FILE *file;
    char delimiter;
    bool is_inside; // a row has begun
};

void csv_put(struct csv_writer *writer, const char *cell);
void csv_put_number(struct csv_writer *writer, double number);
void csv_end_row(struct csv_writer *writer);

#endif
