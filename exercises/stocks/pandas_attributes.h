#ifndef STOCKS_PANDAS_ATTRIBUTES_H
#define STOCKS_PANDAS_ATTRIBUTES_H

// What pandas must find beside a table to give a frame with a DatetimeIndex.
// Internal, inside an HDF5 session.

#include <hdf5.h>
#include <stdbool.h>
#include "stocks/stock_table.h"

// Whether a name of the table's columns is none that PyTables lets a field have.
// Such a table's columns are one field, an array by this name, and pandas gives them
// back all the same.
bool pandas_needs_block(const struct stock_table *table);
#define PANDAS_BLOCK "values_block_0"

// Marks the group as a pandas frame of the table's columns. 0, -EIO (HDF5 refuses)
// or -ENOMEM.
int pandas_mark_group(hid_t group, const struct stock_table *table);

// Marks the dataset in it: the index and each column's type and name. Errors as
// above.
int pandas_mark_dataset(hid_t dataset, const struct stock_table *table);

#endif
