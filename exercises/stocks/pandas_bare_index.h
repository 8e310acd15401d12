#ifndef STOCKS_PANDAS_BARE_INDEX_H
#define STOCKS_PANDAS_BARE_INDEX_H

// A stock table without columns, as pandas can read it. Internal, inside a session.

#include <hdf5.h>
#include "stocks/stock_table.h"

// Marks the group as a pandas frame that has the table's timestamps and no columns.
// 0, -EIO.
int pandas_mark_bare_index(hid_t group, const struct stock_table *table);

#endif
