#ifndef JUDGE_STOCK_FILE_H
#define JUDGE_STOCK_FILE_H

// A stock file that never was before: random rows, as numbers and as the lines of JSON that
// say the same.
//
//     struct stock_file *file = stock_file_create(STOCK_FILE_PLAIN, 300);
//     write(fd, file->text, file->text_size);
//     stock_file_destroy(file);

#include <stddef.h>
#include <stdint.h>

enum { STOCK_COLUMN_LIMIT = 8 };

enum stock_file_kind {
    STOCK_FILE_PLAIN, // close, high, low, open; four decimals, as in the data
    STOCK_FILE_WIDE,  // more keys, timestamp not the first, null among the numbers
    STOCK_FILE_EDGE,  // the largest, the smallest, the least round doubles
};

struct stock_file {
    char name[16]; // without .json: "KQZB12", no two alike in one test
    size_t row_count;
    // Without the timestamp; 0 where there is no row to name them.
    size_t column_count;
    const char *column_names[STOCK_COLUMN_LIMIT];
    int64_t *timestamps_ns; // row_count
    double *values;         // row_count * column_count, row by row; NaN: null
    char *text;
    size_t text_size;
};

// NULL when there is no memory. The caller owns it (stock_file_destroy).
struct stock_file *stock_file_create(enum stock_file_kind kind, size_t row_count);
void stock_file_destroy(struct stock_file *file);

// Spoils the text, so that it cannot be converted: a line in the middle is no JSON, or the
// last line ends early.
void stock_file_spoil_line(struct stock_file *file);
void stock_file_cut(struct stock_file *file);

#endif
