#ifndef STOCKS_HDF5_SOURCE_H
#define STOCKS_HDF5_SOURCE_H

// The one stock table in an HDF5 file, wherever it is and whoever wrote it.
// Internal, inside a session.

#include <hdf5.h>
#include "stocks/hdf5_column.h"
#include "stocks/stock_table.h"

enum source_layout {
    SOURCE_TABLE, // a one-dimensional dataset of rows: ours, pandas' `table`, others
    SOURCE_FIXED, // pandas' `fixed`: a group of blocks of columns of one type
    SOURCE_ARRAYS // a group of one-dimensional datasets, one of them `timestamp`
};

struct hdf5_source {
    const char *path; // borrowed, as error
    struct stock_error *error;
    hid_t file;
    hid_t object; // the dataset or the group
    char *name;   // of what a person would call the table: "/data"
    enum source_layout layout;
};

// 0, or a negative errno with its sentence: -ENOENT and the like (the file), -EINVAL
// (no HDF5 file; no table in it, or several: the sentence lists what is there),
// -ENOMEM.
int hdf5_source_open(struct hdf5_source *source, const char *path,
                     struct stock_error *error);
void hdf5_source_close(struct hdf5_source *source);

// Finds a column by its name. 0, or -ENOENT: the sentence lists the columns;
// -ENOMEM.
int hdf5_source_column(const struct hdf5_source *source, const char *name,
                       struct hdf5_column *column);

// Finds what orders the rows: the index where it is of dates, else a column
// `timestamp`, else an index of whole numbers. 0, -ENOENT (nothing: rows have their
// numbers only), -EINVAL.
int hdf5_source_index(const struct hdf5_source *source, struct hdf5_column *column);

#endif
