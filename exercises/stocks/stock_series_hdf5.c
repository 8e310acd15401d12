// One column of an HDF5 file, with its moments.

#include "stocks/stock_series.h"
#include "stocks/hdf5_moments.h"
#include "stocks/hdf5_session.h"
#include "stocks/hdf5_source.h"
#include "stocks/stock_error.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int refuse(const struct hdf5_source *source, int status, const char *what)
{
    const char *why = status == -EIO     ? hdf5_session_reason()
                      : status == -EFBIG ? "more than memory allows"
                                         : strerror(-status);
    return stock_error_set(source->error, source->path, status,
                           "\"%.60s\" in %.60s: %s", what, source->name, why);
}

static int reserve(struct stock_series *series, size_t length)
{
    series->timestamps_ns = calloc(length + 1, sizeof(int64_t));
    series->values = calloc(length + 1, sizeof(double));
    series->length = length;
    return series->timestamps_ns && series->values ? 0 : -ENOMEM;
}

static int read_values(const struct hdf5_source *source, const char *name,
                       struct stock_series *series)
{
    struct hdf5_column column;
    size_t length;
    int status = hdf5_source_column(source, name, &column);
    if (status < 0) return status;
    enum hdf5_items items = hdf5_column_items(&column);
    if (items != HDF5_INTEGERS && items != HDF5_FLOATS) {
        hdf5_column_close(&column);
        return stock_error_set(source->error, source->path, -EINVAL,
                               "column \"%.60s\" in %.60s is not numbers", name,
                               source->name);
    }
    status = hdf5_column_length(&column, &length);
    if (status == 0) status = reserve(series, length);
    if (status == 0)
        status =
            hdf5_column_read(&column, H5T_NATIVE_DOUBLE, length, series->values);
    if (status < 0) refuse(source, status, name);
    hdf5_column_close(&column);
    return status;
}

static int refuse_row(const struct hdf5_source *source, size_t row, const char *what)
{
    return stock_error_set(source->error, source->path, -EINVAL,
                           "%.60s, row %zu: %s", source->name, row, what);
}

static int check_order(const struct hdf5_source *source,
                       const struct stock_series *series)
{
    for (size_t row = 1; row < series->length; row++)
        if (series->timestamps_ns[row] <= series->timestamps_ns[row - 1])
            return refuse_row(source, row,
                              "its timestamp is not after the one before");
    return 0;
}

static int read_index(const struct hdf5_source *source,
                      const struct hdf5_column *column, struct stock_series *series)
{
    size_t length, bad_row;
    int status = hdf5_column_length(column, &length);
    if (status == 0 && length != series->length)
        return stock_error_set(source->error, source->path, -EINVAL,
                               "%.60s has %zu timestamps for %zu values",
                               source->name, length, series->length);
    if (status < 0) return refuse(source, status, "timestamp");
    status = hdf5_moments_read(column, length, series->timestamps_ns, &bad_row);
    if (status == -EINVAL)
        return refuse_row(source, bad_row, "its timestamp is no date and time");
    return status < 0 ? refuse(source, status, "timestamp")
                      : check_order(source, series);
}

// Where rows have no timestamps they are known by their number.
static int read_timestamps(const struct hdf5_source *source,
                           struct stock_series *series)
{
    struct hdf5_column column;
    if (hdf5_source_index(source, &column) < 0) {
        for (size_t i = 0; i < series->length; i++)
            series->timestamps_ns[i] = (int64_t)i;
        return 0;
    }
    int status = read_index(source, &column, series);
    hdf5_column_close(&column);
    return status;
}

int stock_series_read_hdf5(const char *path, const char *column,
                           struct stock_series *series, struct stock_error *error)
{
    struct hdf5_session session;
    struct hdf5_source source;
    *series = (struct stock_series){0};
    hdf5_session_open(&session);
    int status = hdf5_source_open(&source, path, error);
    if (status == 0) {
        status = read_values(&source, column, series);
        if (status == 0) status = read_timestamps(&source, series);
        hdf5_source_close(&source);
    }
    // Whatever was found without memory, or was not, may be wrong.
    if (hdf5_session_lacks_memory())
        status = stock_error_set(error, path, -ENOMEM, "reading it finds no memory");
    hdf5_session_close(&session);
    if (status < 0) stock_series_close(series);
    return status;
}
