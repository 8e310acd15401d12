#ifndef SMALL_TABLE_H
#define SMALL_TABLE_H

// A table of three rows, two of them a nanosecond apart, with numbers that are easily spoilt.

#include "stocks/stock_table.h"

extern struct stock_table small_table; // columns close and volume

// The file at path holds this table's column of that number, under that name; anything else fails
// the test. And: all of the table.
void small_table_check_column(const char *path, const char *name, size_t column);
void small_table_check(const char *path);

#endif
