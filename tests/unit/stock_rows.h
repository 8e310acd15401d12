#ifndef STOCK_ROWS_H
#define STOCK_ROWS_H

// The lines of a stock file, read by the letter: what a generated file must be. Anything else
// fails the test that asks.

#include <stdbool.h>
#include <stddef.h>

enum { MOST_ROWS = 4096 };

struct stock_row {
    int year, month, day;
    int minute; // from midnight
    double close, high, low, open, volume;
};

// Reads a file of at most MOST_ROWS lines. How many there are.
size_t stock_rows_read(const char *path, bool has_volume, struct stock_row rows[]);

// Moments on weekdays, in order; prices above 0 in the order that their names say.
void stock_rows_assert_consistent(const struct stock_row rows[], size_t count);

#endif
