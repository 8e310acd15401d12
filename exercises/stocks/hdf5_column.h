#ifndef STOCKS_HDF5_COLUMN_H
#define STOCKS_HDF5_COLUMN_H

// One column in an HDF5 file: where its items stand, and reading them, whichever of
// three ways they are stored: a dataset of their own, a row or column of a
// two-dimensional one (pandas' blocks), or a field of a table, perhaps one of an
// array in it. Internal, inside a session.

#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

struct hdf5_column {
    hid_t dataset;   // owned
    int field;       // of the table's rows; -1: not a table
    hsize_t element; // of the field's array, or along the other dimension of a block
    bool is_upright; // a block whose rows are moments
    bool is_empty;   // pandas stores one item where it means none
    char unit[32];   // what pandas says the items are: "datetime64", "integer", ...
};

enum hdf5_items { HDF5_NUMBERS, HDF5_TEXT, HDF5_OTHER };

void hdf5_column_close(struct hdf5_column *column);

enum hdf5_items hdf5_column_items(const struct hdf5_column *column);

// 0 and the number of moments, or a negative errno: -EINVAL (no such place), -EFBIG
// (the dataset is larger than memory allows).
int hdf5_column_length(const struct hdf5_column *column, size_t *length);

// Reads all `length` items as doubles. 0, -EIO or -ENOMEM.
int hdf5_column_read_doubles(const struct hdf5_column *column, size_t length,
                             double values[]);

// Reads all items as nanoseconds since 1970: numbers in the column's unit, or text.
// 0, -EIO, -ENOMEM, or -EINVAL: item *bad_row is no moment.
int hdf5_column_read_moments(const struct hdf5_column *column, size_t length,
                             int64_t ns[], size_t *bad_row);

#endif
