// Timestamps as pandas stores them (numbers whose unit stands in an attribute), as
// our own files have them (nanoseconds), and as people write them (text).

#include "stocks/hdf5_moments.h"
#include "stocks/hdf5_session.h"
#include "stocks/timestamp.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const size_t max_text_bytes = 64 * 1024;
static const int64_t not_a_time = INT64_MIN; // pandas' NaT

// Nanoseconds in one step of the unit: "datetime64[us]" and such; plain ones count
// nanoseconds.
static int64_t unit_ns(const char *unit)
{
    if (strcmp(unit, "datetime64[us]") == 0) return 1000;
    if (strcmp(unit, "datetime64[ms]") == 0) return 1000000;
    if (strcmp(unit, "datetime64[s]") == 0) return 1000000000;
    return 1;
}

static int read_integers(const struct hdf5_column *column, size_t length,
                         int64_t ns[], size_t *bad_row)
{
    int64_t step = unit_ns(column->unit);
    int status = hdf5_column_read(column, H5T_NATIVE_INT64, length, ns);
    for (size_t i = 0; status == 0 && i < length; i++) {
        *bad_row = i;
        if (ns[i] == not_a_time || __builtin_mul_overflow(ns[i], step, &ns[i]))
            status = -EINVAL;
    }
    return status;
}

// Texts of one size, filled up with zeros or spaces.
static int read_fixed_texts(const struct hdf5_column *column, hid_t type,
                            size_t length, int64_t ns[], size_t *bad_row)
{
    size_t size = H5Tget_size(type);
    if (size == 0 || size > max_text_bytes) return -EIO;
    char *texts = calloc(length + 1, size);
    if (!texts) return -ENOMEM;
    int status = hdf5_column_read(column, type, length, texts);
    for (size_t i = 0; status == 0 && i < length; i++) {
        const char *text = texts + i * size;
        size_t used = strnlen(text, size);
        while (used > 0 && text[used - 1] == ' ') used--;
        *bad_row = i;
        if (!timestamp_parse(text, used, &ns[i])) status = -EINVAL;
    }
    free(texts);
    return status;
}

static int read_variable_texts(const struct hdf5_column *column, hid_t type,
                               size_t length, int64_t ns[], size_t *bad_row)
{
    char **texts = calloc(length + 1, sizeof *texts);
    if (!texts) return -ENOMEM;
    int status = hdf5_column_read(column, type, length, texts);
    if (status) {
        free(texts);
        return status;
    }
    for (size_t i = 0; status == 0 && i < length; i++) {
        *bad_row = i;
        if (!texts[i] || !timestamp_parse(texts[i], strlen(texts[i]), &ns[i]))
            status = -EINVAL;
    }
    for (size_t i = 0; i < length; i++) free(texts[i]);
    free(texts);
    return status;
}

static int read_texts(const struct hdf5_column *column, size_t length, int64_t ns[],
                      size_t *bad_row)
{
    hid_t type = hdf5_column_type(column);
    int status = -EIO;
    if (type >= 0)
        status = H5Tis_variable_str(type) > 0
                     ? read_variable_texts(column, type, length, ns, bad_row)
                     : read_fixed_texts(column, type, length, ns, bad_row);
    hdf5_close(type);
    return status;
}

int hdf5_moments_read(const struct hdf5_column *column, size_t length, int64_t ns[],
                      size_t *bad_row)
{
    *bad_row = 0;
    if (length == 0) return 0;
    switch (hdf5_column_items(column)) {
    case HDF5_INTEGERS:
        return read_integers(column, length, ns, bad_row);
    case HDF5_TEXT:
        return read_texts(column, length, ns, bad_row);
    default:
        return -EINVAL;
    }
}
