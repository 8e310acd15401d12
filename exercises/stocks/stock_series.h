#ifndef STOCKS_STOCK_SERIES_H
#define STOCKS_STOCK_SERIES_H

// A stock series: one column of a stock table with its timestamps. Several series,
// each with a calendar of its own, become one matrix of the moments that all of them
// have:
//
//     struct stock_series series[2] = {0};
//     stock_series_read_hdf5("AAPL.h5", "close", &series[0], &error);
//     stock_series_read_hdf5("MSFT.h5", "close", &series[1], &error);
//     struct aligned_series aligned;
//     aligned_series_init(&aligned, series, 2);
//
// Threads and HDF5: as in stock_table.h.

#include <stddef.h>
#include <stdint.h>
#include "stocks/stock_table.h"

struct stock_series {
    size_t length;
    // length of them, in nanoseconds since 1970 UTC, strictly increasing.
    int64_t *timestamps_ns;
    double *values; // length; NaN: missing
};

// Series of equal length over the same moments, one row a series.
struct aligned_series {
    size_t series_count;
    size_t length;          // values in a series
    int64_t *timestamps_ns; // length; NULL where the moments are not known
    double *values;         // series_count * length; series i starts at i * length
};

// Reads one column of the one stock table in an HDF5 file, whoever wrote it: our
// own; pandas' formats `table` (with and without data columns) and `fixed`; a bare
// dataset of rows; a group of one-dimensional datasets with one named `timestamp`.
// Numbers become doubles. The timestamps are the index where it is of dates, else
// the column `timestamp` (nanoseconds, or text), else an index of whole numbers,
// else the numbers of the rows from 0. Columns of Python objects cannot be read, but
// do not keep the others from it. The caller owns what series then holds
// (stock_series_close). 0, or a negative errno with the sentence in error (may be
// NULL): -ENOENT (no such file, or the table has no such column; the text lists
// those that it has), -EINVAL (not HDF5, damaged, not one stock table; the text
// lists what there is), -EFBIG (more than memory allows), -EIO, -ENOMEM. On failure
// series is as after close.
int stock_series_read_hdf5(const char *path, const char *column,
                           struct stock_series *series, struct stock_error *error);

// Frees what a series holds and makes it empty. An empty one may be closed again.
void stock_series_close(struct stock_series *series);

// One block of bytes that says the same as the series, to send to another process.
// The caller owns it (free). NULL with errno ENOMEM.
void *stock_series_pack(const struct stock_series *series, size_t *size_bytes);

// The series out of such a block, copied; the caller owns what it holds
// (stock_series_close). 0, -EINVAL (no such block) or -ENOMEM.
int stock_series_unpack(const void *bytes, size_t size_bytes,
                        struct stock_series *series);

// Keeps the moments that every one of the series has with a number (not NaN), in
// order. The series are borrowed for the call; the caller owns what aligned then
// holds (aligned_series_close). No common moment gives length 0. 0, -EINVAL (no
// series) or -ENOMEM.
int aligned_series_init(struct aligned_series *aligned,
                        const struct stock_series series[], size_t series_count);

// As aligned_series_init, but by row number: the first rows of each, as many as the
// shortest has, whatever their dates; a row in which any is not finite is left out.
// The lesson's own way, kept for comparison.
int aligned_series_init_by_row(struct aligned_series *aligned,
                               const struct stock_series series[],
                               size_t series_count);

// Frees what aligned holds and makes it empty.
void aligned_series_close(struct aligned_series *aligned);

#endif
