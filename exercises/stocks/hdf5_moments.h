#ifndef STOCKS_HDF5_MOMENTS_H
#define STOCKS_HDF5_MOMENTS_H

// A column of timestamps, however they are stored. Internal, inside a session.

#include "stocks/hdf5_column.h"

// Reads all `length` items as nanoseconds since 1970: whole numbers in the column's
// unit, or text. 0, -EIO, -ENOMEM, or -EINVAL: item *bad_row is no moment.
int hdf5_moments_read(const struct hdf5_column *column, size_t length, int64_t ns[],
                      size_t *bad_row);

#endif
