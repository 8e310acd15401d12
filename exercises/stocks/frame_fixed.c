// pandas' `fixed`: the columns of one type are a two-dimensional dataset
// blockN_values, their names a dataset of texts blockN_items, the index is axis1.
// Columns of Python objects are a pickle of variable length, which only Python can
// read: it is left alone. Source: pandas/io/pytables.py, class BlockManagerFixed.

#include "stocks/frame_layout.h"
#include "stocks/hdf5_attribute.h"
#include "stocks/hdf5_session.h"
#include <stdlib.h>
#include <string.h>

static const size_t max_names_bytes = 16 * 1024 * 1024;

// The texts of one size in a dataset: names of columns.
struct item_names {
    char *bytes;
    size_t count;
    size_t size; // of each, filled up with zeros
};

static hid_t open_block(hid_t group, long block, const char *part)
{
    char name[48];
    snprintf(name, sizeof name, "block%ld_%s", block, part);
    if (H5Lexists(group, name, H5P_DEFAULT) <= 0) return H5I_INVALID_HID;
    return H5Dopen2(group, name, H5P_DEFAULT);
}

static bool read_texts(hid_t dataset, hid_t type, struct item_names *names)
{
    hid_t space = H5Dget_space(dataset);
    hssize_t count = space >= 0 ? H5Sget_simple_extent_npoints(space) : -1;
    hdf5_close(space);
    names->size = H5Tget_size(type);
    if (count < 0 || names->size == 0 ||
        (size_t)count > max_names_bytes / names->size)
        return false;
    names->count = (size_t)count;
    names->bytes = hdf5_session_memory(calloc(names->count + 1, names->size));
    return names->bytes &&
           H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, names->bytes) >= 0;
}

static bool read_names(hid_t group, long block, struct item_names *names)
{
    *names = (struct item_names){0};
    hid_t dataset = open_block(group, block, "items");
    hid_t type = dataset >= 0 ? H5Dget_type(dataset) : H5I_INVALID_HID;
    bool done = type >= 0 && H5Tget_class(type) == H5T_STRING &&
                H5Tis_variable_str(type) <= 0 && read_texts(dataset, type, names);
    hdf5_close(type);
    hdf5_close(dataset);
    return done;
}

// Which of the block's columns has the name; -1: none.
static long element_of(hid_t group, long block, const char *name)
{
    struct item_names names;
    long found = -1;
    if (read_names(group, block, &names))
        for (size_t i = 0; i < names.count && found < 0; i++) {
            const char *text = names.bytes + i * names.size;
            size_t length = strnlen(text, names.size);
            if (length == strlen(name) && memcmp(text, name, length) == 0)
                found = (long)i;
        }
    free(names.bytes);
    return found;
}

static bool place(hid_t dataset, hsize_t element, const char *unit_name,
                  struct hdf5_column *column)
{
    if (dataset < 0) return false;
    *column =
        (struct hdf5_column){.dataset = dataset, .field = -1, .element = element};
    column->is_upright = hdf5_attribute_number(dataset, "transposed", 0) != 0;
    column->is_empty = hdf5_has_attribute(dataset, "shape");
    char *unit = hdf5_attribute_text(dataset, unit_name);
    if (unit) snprintf(column->unit, sizeof column->unit, "%s", unit);
    free(unit);
    return true;
}

static long block_count(hid_t group)
{
    long count = hdf5_attribute_number(group, "nblocks", 0);
    return count < 0 || count > 10000 ? 0 : count;
}

bool frame_fixed_find(hid_t group, const char *name, struct hdf5_column *column)
{
    for (long block = 0, count = block_count(group); block < count; block++) {
        long element = element_of(group, block, name);
        if (element >= 0)
            return place(open_block(group, block, "values"), (hsize_t)element,
                         "value_type", column);
    }
    return false;
}

bool frame_fixed_index(hid_t group, struct hdf5_column *column)
{
    if (H5Lexists(group, "axis1", H5P_DEFAULT) <= 0) return false;
    return place(H5Dopen2(group, "axis1", H5P_DEFAULT), 0, "kind", column);
}

void frame_fixed_list(hid_t group, FILE *out)
{
    const char *comma = "";
    for (long block = 0, count = block_count(group); block < count; block++) {
        struct item_names names;
        bool done = read_names(group, block, &names);
        for (size_t i = 0; done && i < names.count; i++) {
            const char *text = names.bytes + i * names.size;
            fprintf(out, "%s%.*s", comma, (int)strnlen(text, names.size), text);
            comma = ", ";
        }
        free(names.bytes);
    }
}
