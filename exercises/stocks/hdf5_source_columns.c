// The columns of a stock table in an HDF5 file, by name, in each of its layouts.

#include "stocks/hdf5_source.h"
#include "stocks/frame_layout.h"
#include "stocks/stock_error.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool find_column(const struct hdf5_source *source, const char *name,
                        struct hdf5_column *column)
{
    switch (source->layout) {
    case SOURCE_FIXED:
        return frame_fixed_find(source->object, name, column);
    case SOURCE_ARRAYS:
        return frame_arrays_find(source->object, name, column);
    default:
        return frame_table_find(source->object, name, column);
    }
}

static bool find_index(const struct hdf5_source *source, struct hdf5_column *column)
{
    switch (source->layout) {
    case SOURCE_FIXED:
        return frame_fixed_index(source->object, column);
    case SOURCE_ARRAYS:
        return false;
    default:
        return frame_table_index(source->object, column);
    }
}

static void list_columns(const struct hdf5_source *source, FILE *out)
{
    switch (source->layout) {
    case SOURCE_FIXED:
        frame_fixed_list(source->object, out);
        break;
    case SOURCE_ARRAYS:
        frame_arrays_list(source->object, out);
        break;
    default:
        frame_table_list(source->object, out);
        break;
    }
}

int hdf5_source_column(const struct hdf5_source *source, const char *name,
                       struct hdf5_column *column)
{
    char *listing = NULL;
    size_t size;
    if (find_column(source, name, column)) return 0;
    FILE *out = open_memstream(&listing, &size);
    if (!out) return -ENOMEM;
    list_columns(source, out);
    fclose(out);
    stock_error_set(source->error, source->path, -ENOENT,
                    "no column \"%.60s\" in %.60s; it has %s", name, source->name,
                    listing && *listing ? listing : "none");
    free(listing);
    return -ENOENT;
}

static bool is_of_moments(const struct hdf5_column *column)
{
    return strncmp(column->unit, "datetime64", strlen("datetime64")) == 0;
}

// A column that can be read as moments: numbers or text, but not pickled objects.
static bool find_timestamp(const struct hdf5_source *source,
                           struct hdf5_column *column)
{
    if (!find_column(source, "timestamp", column)) return false;
    if (hdf5_column_items(column) != HDF5_OTHER) return true;
    hdf5_column_close(column);
    return false;
}

int hdf5_source_index(const struct hdf5_source *source, struct hdf5_column *column)
{
    struct hdf5_column timestamp;
    bool has_index = find_index(source, column);
    if (has_index && is_of_moments(column)) return 0;
    if (find_timestamp(source, &timestamp)) {
        if (has_index) hdf5_column_close(column);
        *column = timestamp;
        return 0;
    }
    return has_index ? 0 : -ENOENT;
}
