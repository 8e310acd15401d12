// pandas cannot read a frame of format "table" without columns, so a table of
// timestamps only, or of nothing, is marked as its format "fixed": no blocks, and
// the index as the dataset axis1. pandas stores an empty array as one item and a
// "shape" that says 0; 'I0\n' is a pickled 0. Source: pandas/io/pytables.py, classes
// GenericFixed and BlockManagerFixed.

#include "stocks/pandas_bare_index.h"
#include "stocks/hdf5_attribute.h"
#include "stocks/hdf5_session.h"
#include <errno.h>

static const char empty_shape[] = "(I0\nt.";

static int write_array(hid_t group, const char *name, const int64_t items[],
                       size_t count, const char *const texts[][2], size_t text_count)
{
    const int64_t none = 0;
    const hsize_t size = count > 0 ? count : 1;
    hid_t space = H5Screate_simple(1, &size, NULL), dataset = H5I_INVALID_HID;
    int status = -EIO;
    if (space >= 0)
        dataset = H5Dcreate2(group, name, H5T_NATIVE_INT64, space, H5P_DEFAULT,
                             H5P_DEFAULT, H5P_DEFAULT);
    if (dataset >= 0 && H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL,
                                 H5P_DEFAULT, count > 0 ? items : &none) >= 0)
        status = hdf5_attribute_write_texts(dataset, texts, text_count);
    if (status == 0 && count == 0)
        status = hdf5_attribute_write_text(dataset, "shape", empty_shape);
    hdf5_close(dataset);
    hdf5_close(space);
    return status;
}

int pandas_mark_bare_index(hid_t group, const struct stock_table *table)
{
    static const char *const group_texts[][2] = {
        {"pandas_type", "frame"},     {"pandas_version", "0.15.2"},
        {"encoding", "UTF-8"},        {"errors", "strict"},
        {"axis0_variety", "regular"}, {"axis1_variety", "regular"},
    };
    static const char *const columns_texts[][2] = {{"kind", "string"},
                                                   {"value_type", "object"}};
    static const char *const index_texts[][2] = {{"kind", "datetime64"},
                                                 {"index_class", "datetime"},
                                                 {"name", "timestamp"},
                                                 {"value_type", "int64"}};
    const int64_t ndim = 2, nblocks = 0;
    int status = hdf5_attribute_write_texts(group, group_texts, 6);
    if (status == 0) status = hdf5_attribute_write_number(group, "ndim", ndim);
    if (status == 0) status = hdf5_attribute_write_number(group, "nblocks", nblocks);
    if (status == 0) status = write_array(group, "axis0", NULL, 0, columns_texts, 2);
    if (status == 0)
        status = write_array(group, "axis1", table->timestamps_ns, table->row_count,
                             index_texts, 4);
    return status;
}
