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

enum hdf5_items { HDF5_INTEGERS, HDF5_FLOATS, HDF5_TEXT, HDF5_OTHER };

void hdf5_column_close(struct hdf5_column *column);

enum hdf5_items hdf5_column_items(const struct hdf5_column *column);

// 0 and the number of moments, or a negative errno: -EINVAL (no such place), -EFBIG
// (the dataset is larger than memory allows).
int hdf5_column_length(const struct hdf5_column *column, size_t *length);

// The type of an item as it is stored. The caller closes it; negative: damaged.
hid_t hdf5_column_type(const struct hdf5_column *column);

// Reads all `length` items, converted to the type `item`; of texts of variable length
// pointers, each the caller's to free(), none where it fails. 0, -EIO or -ENOMEM.
int hdf5_column_read(const struct hdf5_column *column, hid_t item, size_t length,
                     void *out);

#endif
