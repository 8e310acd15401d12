#ifndef STOCKS_PANDAS_ATTRIBUTES_H
#define STOCKS_PANDAS_ATTRIBUTES_H

// What pandas must find beside a table to give a frame with a DatetimeIndex.
// Internal, inside an HDF5 session.

#include <hdf5.h>
#include "stocks/stock_table.h"

// Marks the group as a pandas frame of the table's columns. 0, -EIO (HDF5 refuses)
// or -ENOMEM.
int pandas_mark_group(hid_t group, const struct stock_table *table);

// Marks the dataset in it: the index and each column's type and name. Errors as
// above.
int pandas_mark_dataset(hid_t dataset, const struct stock_table *table);

#endif
