// A table's field is read through a memory type that has this field only: HDF5 then
// picks it out of the rows. Sizes come from the file and are checked before memory
// is taken.

#include "stocks/hdf5_column.h"
#include "stocks/hdf5_session.h"
#include "stocks/memory_budget.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const size_t max_item_bytes = 64 * 1024;
static const size_t buffer_bytes = 64 * 1024;
static const size_t small_bytes = 16 * 1024 * 1024; // less needs no question

void hdf5_column_close(struct hdf5_column *column)
{
    column->dataset = hdf5_close(column->dataset);
}

// The type of the column's items in the file, with the array around it if there is
// one.
static hid_t stored_type(const struct hdf5_column *column)
{
    hid_t type = H5Dget_type(column->dataset);
    if (type < 0 || column->field < 0) return type;
    hid_t member = H5Tget_member_type(type, (unsigned)column->field);
    hdf5_close(type);
    return member;
}

// The type of one item. Takes the stored type.
static hid_t item_type(hid_t stored)
{
    if (stored < 0 || H5Tget_class(stored) != H5T_ARRAY) return stored;
    hid_t item = H5Tget_super(stored);
    hdf5_close(stored);
    return item;
}

hid_t hdf5_column_type(const struct hdf5_column *column)
{
    return item_type(stored_type(column));
}

enum hdf5_items hdf5_column_items(const struct hdf5_column *column)
{
    hid_t type = hdf5_column_type(column);
    H5T_class_t class = type >= 0 ? H5Tget_class(type) : H5T_NO_CLASS;
    hdf5_close(type);
    if (class == H5T_INTEGER) return HDF5_INTEGERS;
    if (class == H5T_FLOAT) return HDF5_FLOATS;
    return class == H5T_STRING ? HDF5_TEXT : HDF5_OTHER;
}

// Whether memory allows all of the dataset: as many items as it says, however few
// are stored.
static bool fits_memory(const struct hdf5_column *column, const hsize_t sizes[2],
                        int rank)
{
    hid_t type = H5Dget_type(column->dataset);
    size_t item_bytes = type >= 0 ? H5Tget_size(type) : 0, bytes;
    hdf5_close(type);
    if (item_bytes < sizeof(double)) item_bytes = sizeof(double);
    if (__builtin_mul_overflow(sizes[0], item_bytes, &bytes)) return false;
    if (rank == 2 && __builtin_mul_overflow(bytes, sizes[1], &bytes)) return false;
    return bytes <= small_bytes || bytes <= memory_budget_bytes();
}

int hdf5_column_length(const struct hdf5_column *column, size_t *length)
{
    hsize_t sizes[2] = {0, 0};
    *length = 0;
    if (column->is_empty) return 0;
    hid_t space = H5Dget_space(column->dataset);
    int rank = space >= 0 ? H5Sget_simple_extent_ndims(space) : -1;
    if (rank == 1 || rank == 2) H5Sget_simple_extent_dims(space, sizes, NULL);
    hdf5_close(space);
    if (rank != 1 && (rank != 2 || column->field >= 0)) return -EINVAL;
    bool is_first = rank == 1 || column->is_upright;
    if (rank == 2 && column->element >= sizes[is_first]) return -EINVAL;
    if (!fits_memory(column, sizes, rank)) return -EFBIG;
    *length = (size_t)sizes[is_first ? 0 : 1];
    return 0;
}

// How many items the field's array has: 1 where it is none. 0: not as pandas writes
// it.
static size_t items_a_row(hid_t stored)
{
    hsize_t size = 0;
    if (H5Tget_class(stored) != H5T_ARRAY) return 1;
    if (H5Tget_array_ndims(stored) != 1 || H5Tget_array_dims2(stored, &size) < 0)
        return 0;
    return (size_t)size;
}

// A row in memory that has the column's field only, its items of the type `item`.
static hid_t field_type(const struct hdf5_column *column, hid_t item, size_t items)
{
    const hsize_t size = items;
    hid_t rows = H5Dget_type(column->dataset), row = H5I_INVALID_HID;
    hid_t stored = stored_type(column), field = H5I_INVALID_HID;
    char *name =
        rows >= 0 ? H5Tget_member_name(rows, (unsigned)column->field) : NULL;
    if (stored >= 0)
        field = H5Tget_class(stored) == H5T_ARRAY ? H5Tarray_create2(item, 1, &size)
                                                  : H5Tcopy(item);
    if (name && field >= 0) row = H5Tcreate(H5T_COMPOUND, H5Tget_size(field));
    if (row >= 0 && H5Tinsert(row, name, 0, field) < 0) row = hdf5_close(row);
    H5free_memory(name);
    hdf5_close(field);
    hdf5_close(stored);
    hdf5_close(rows);
    return row;
}

// HDF5 converts through buffers, of a megabyte each unless it is told otherwise: to
// get so much fresh memory takes longer than the conversion of a usual file. One row
// must fit.
static size_t buffer_for(hid_t dataset)
{
    hid_t type = H5Dget_type(dataset);
    size_t row_bytes = type >= 0 ? H5Tget_size(type) : 0;
    hdf5_close(type);
    return row_bytes > buffer_bytes / 2 ? row_bytes * 2 : buffer_bytes;
}

// The texts of variable length that a read has brought so far. HDF5 forgets them when
// it fails.
struct texts {
    void **all;
    size_t count;
};

// How long a text is, the file says, and takes no room for it: a small one can ask for
// gigabytes.
static void *text_allocate(size_t bytes, void *texts)
{
    struct texts *kept = texts;
    if (bytes > max_item_bytes) return NULL;
    // The room doubles at each power of two.
    bool is_full = (kept->count & (kept->count - 1)) == 0;
    size_t room = kept->count ? 2 * kept->count : 1;
    void **all = is_full ? realloc(kept->all, room * sizeof *all) : kept->all;
    if (!all) return NULL;
    kept->all = all;
    void *text = malloc(bytes);
    if (text) kept->all[kept->count++] = text;
    return text;
}

static void text_free(void *text, void *texts)
{
    struct texts *kept = texts;
    for (size_t i = kept->count; i-- > 0;)
        if (kept->all[i] == text) kept->all[i] = NULL;
    free(text);
}

static void texts_close(struct texts *texts, bool are_wanted)
{
    for (size_t i = 0; i < texts->count && !are_wanted; i++) free(texts->all[i]);
    free(texts->all);
}

static int read_dataset(const struct hdf5_column *column, hid_t type,
                        hid_t memory_space, hid_t file_space, void *out)
{
    hid_t transfer = H5Pcreate(H5P_DATASET_XFER);
    size_t bytes = buffer_for(column->dataset);
    struct texts texts = {0};
    herr_t done = transfer >= 0 ? H5Pset_buffer(transfer, bytes, NULL, NULL) : -1;
    if (done >= 0)
        done = H5Pset_vlen_mem_manager(transfer, text_allocate, &texts, text_free,
                                       &texts);
    if (done >= 0)
        done =
            H5Dread(column->dataset, type, memory_space, file_space, transfer, out);
    hdf5_close(transfer);
    texts_close(&texts, done >= 0);
    return done < 0 ? -EIO : 0;
}

// Reads rows of `items` items and keeps the wanted one of each.
static int read_field_array(const struct hdf5_column *column, hid_t row,
                            size_t items, size_t item_bytes, size_t length,
                            char *out)
{
    if (column->element >= items || items > max_item_bytes / item_bytes) return -EIO;
    char *rows = calloc(length + 1, items * item_bytes);
    if (!rows) return -ENOMEM;
    int status = read_dataset(column, row, H5S_ALL, H5S_ALL, rows);
    for (size_t i = 0; status == 0 && i < length; i++)
        memcpy(out + i * item_bytes,
               rows + (i * items + column->element) * item_bytes, item_bytes);
    free(rows);
    return status;
}

static int read_field(const struct hdf5_column *column, hid_t item, size_t length,
                      void *out)
{
    hid_t stored = stored_type(column);
    size_t items = stored >= 0 ? items_a_row(stored) : 0;
    hid_t row = items > 0 ? field_type(column, item, items) : H5I_INVALID_HID;
    int status = -EIO;
    if (row >= 0 && items == 1)
        status = read_dataset(column, row, H5S_ALL, H5S_ALL, out);
    else if (row >= 0)
        status =
            read_field_array(column, row, items, H5Tget_size(item), length, out);
    hdf5_close(row);
    hdf5_close(stored);
    return status;
}

// One row or column of a block, or all of a one-dimensional dataset.
static int read_line(const struct hdf5_column *column, hid_t item, size_t length,
                     void *out)
{
    const hsize_t count = length;
    const hsize_t start[2] = {column->is_upright ? 0 : column->element,
                              column->is_upright ? column->element : 0};
    const hsize_t counts[2] = {column->is_upright ? count : 1,
                               column->is_upright ? 1 : count};
    hid_t space = H5Dget_space(column->dataset);
    hid_t memory = H5Screate_simple(1, &count, NULL);
    int status = space >= 0 && memory >= 0 ? 0 : -EIO;
    if (status == 0 && H5Sget_simple_extent_ndims(space) == 2 &&
        H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, counts, NULL) < 0)
        status = -EIO;
    if (status == 0) status = read_dataset(column, item, memory, space, out);
    hdf5_close(memory);
    hdf5_close(space);
    return status;
}

int hdf5_column_read(const struct hdf5_column *column, hid_t item, size_t length,
                     void *out)
{
    if (length == 0) return 0;
    return column->field >= 0 ? read_field(column, item, length, out)
                              : read_line(column, item, length, out);
}
