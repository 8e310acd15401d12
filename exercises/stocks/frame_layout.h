#ifndef STOCKS_FRAME_LAYOUT_H
#define STOCKS_FRAME_LAYOUT_H

// Where the three layouts of a stock table keep their columns. Internal, inside a
// session.

#include <stdbool.h>
#include <stdio.h>
#include "stocks/hdf5_column.h"

// For each layout: finds a column of that name, finds pandas' index, and writes the
// names of all columns to a stream, separated by ", ". The finders return false
// where there is none; else the caller closes the column (hdf5_column_close). object
// is borrowed.

bool frame_table_find(hid_t object, const char *name, struct hdf5_column *column);
bool frame_table_index(hid_t object, struct hdf5_column *column);
void frame_table_list(hid_t object, FILE *out);

bool frame_fixed_find(hid_t object, const char *name, struct hdf5_column *column);
bool frame_fixed_index(hid_t object, struct hdf5_column *column);
void frame_fixed_list(hid_t object, FILE *out);

bool frame_arrays_find(hid_t object, const char *name, struct hdf5_column *column);
void frame_arrays_list(hid_t object, FILE *out);

#endif
