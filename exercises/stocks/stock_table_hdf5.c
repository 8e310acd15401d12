// A stock table into an HDF5 file. HDF5 builds the file in memory, then its bytes
// are written in one go: HDF5's lock is held for the building only, a full disk is
// one failed write(), and a file that HDF5 could not finish never reaches the disk.

#include "stocks/stock_table.h"
#include "stocks/hdf5_session.h"
#include "stocks/pandas_attributes.h"
#include "stocks/stock_error.h"
#include "stocks/whole_file.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Rows that HDF5 stores, and compresses, as one piece: of five columns 400 kB at
// most.
static const hsize_t max_chunk_rows = 10000;

// Room for what is not rows, so that HDF5's memory grows once.
static const size_t overhead_bytes = 32 * 1024;

struct hdf5_writer {
    const struct stock_table *table;
    unsigned deflate_level;
    char *rows;       // as HDF5 stores them: the timestamp, then a double a column
    size_t row_bytes; // of one row
    void *image;      // the bytes of the file
    size_t image_bytes;
    char reason[256]; // HDF5's, where the status is -EIO
};

static int pack_rows(struct hdf5_writer *writer)
{
    const struct stock_table *table = writer->table;
    writer->row_bytes = (table->column_count + 1) * sizeof(double);
    writer->rows = malloc(table->row_count * writer->row_bytes + 1);
    if (!writer->rows) return -ENOMEM;
    char *at = writer->rows;
    for (size_t row = 0; row < table->row_count; row++) {
        memcpy(at, &table->timestamps_ns[row], sizeof(int64_t));
        at += sizeof(int64_t);
        for (size_t i = 0; i < table->column_count; i++, at += sizeof(double))
            memcpy(at, &table->columns[i][row], sizeof(double));
    }
    return 0;
}

// A field for each column, or one array of all: the bytes are the same.
static herr_t insert_columns(hid_t type, const struct stock_table *table)
{
    herr_t made = 0;
    const hsize_t count = table->column_count;
    if (pandas_needs_block(table)) {
        hid_t block = H5Tarray_create2(H5T_NATIVE_DOUBLE, 1, &count);
        made = block < 0 ? -1 : H5Tinsert(type, PANDAS_BLOCK, sizeof(double), block);
        hdf5_close(block);
        return made;
    }
    for (size_t i = 0; i < count && made >= 0; i++)
        made = H5Tinsert(type, table->column_names[i], (i + 1) * sizeof(double),
                         H5T_NATIVE_DOUBLE);
    return made;
}

static hid_t create_row_type(const struct hdf5_writer *writer)
{
    hid_t type = H5Tcreate(H5T_COMPOUND, writer->row_bytes);
    if (type < 0) return H5I_INVALID_HID;
    if (H5Tinsert(type, "timestamp", 0, H5T_NATIVE_INT64) < 0)
        return hdf5_close(type);
    return insert_columns(type, writer->table) < 0 ? hdf5_close(type) : type;
}

// How the rows are stored: in chunks, so that others can append; without the time of
// day, so that the same table gives the same bytes.
static hid_t create_layout(const struct hdf5_writer *writer)
{
    hsize_t count = writer->table->row_count, chunks = count / max_chunk_rows + 1;
    hsize_t rows = (count + chunks - 1) / chunks; // of one size: none is half empty
    hid_t layout = H5Pcreate(H5P_DATASET_CREATE);
    if (layout < 0) return H5I_INVALID_HID;
    if (rows == 0) rows = 1;
    if (H5Pset_chunk(layout, 1, &rows) < 0 ||
        H5Pset_obj_track_times(layout, false) < 0)
        return hdf5_close(layout);
    if (writer->deflate_level > 0 &&
        H5Pset_deflate(layout, writer->deflate_level) < 0)
        return hdf5_close(layout);
    return layout;
}

static hid_t create_dataset(const struct hdf5_writer *writer, hid_t group,
                            hid_t type)
{
    const hsize_t rows = writer->table->row_count, any = H5S_UNLIMITED;
    hid_t space = H5Screate_simple(1, &rows, &any);
    hid_t layout = create_layout(writer);
    hid_t dataset = H5I_INVALID_HID;
    if (space >= 0 && layout >= 0)
        dataset = H5Dcreate2(group, "table", type, space, H5P_DEFAULT, layout,
                             H5P_DEFAULT);
    hdf5_close(layout);
    hdf5_close(space);
    return dataset;
}

static int write_dataset(const struct hdf5_writer *writer, hid_t group)
{
    hid_t dataset = H5I_INVALID_HID, type = create_row_type(writer);
    int status = -EIO;
    if (type >= 0) dataset = create_dataset(writer, group, type);
    if (dataset >= 0 &&
        H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, writer->rows) >= 0)
        status = pandas_mark_dataset(dataset, writer->table);
    hdf5_close(dataset);
    hdf5_close(type);
    return status;
}

static int write_group(const struct hdf5_writer *writer, hid_t file)
{
    hid_t group = H5Gcreate2(file, "/data", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    int status = group >= 0 ? write_dataset(writer, group) : -EIO;
    if (status == 0) status = pandas_mark_group(group, writer->table);
    hdf5_close(group);
    return status;
}

// A file in memory that is gone when it is closed. HDF5 takes two such files of one
// name for the same, so each has a name of its own; and it looks for a file of that
// name first, so the names are such that none can be.
static hid_t create_in_memory(const struct hdf5_writer *writer)
{
    static atomic_uint counter;
    char name[32];
    size_t step = writer->table->row_count * writer->row_bytes + overhead_bytes;
    hid_t access = H5Pcreate(H5P_FILE_ACCESS), file = H5I_INVALID_HID;
    snprintf(name, sizeof name, "/dev/null/%u", atomic_fetch_add(&counter, 1));
    if (access >= 0 && H5Pset_fapl_core(access, step, false) >= 0)
        file = H5Fcreate(name, H5F_ACC_TRUNC, H5P_DEFAULT, access);
    hdf5_close(access);
    return file;
}

static int copy_image(struct hdf5_writer *writer, hid_t file)
{
    if (H5Fflush(file, H5F_SCOPE_LOCAL) < 0) return -EIO;
    ssize_t size = H5Fget_file_image(file, NULL, 0);
    if (size < 0) return -EIO;
    writer->image_bytes = (size_t)size;
    writer->image = malloc(writer->image_bytes);
    if (!writer->image) return -ENOMEM;
    return H5Fget_file_image(file, writer->image, writer->image_bytes) < 0 ? -EIO
                                                                           : 0;
}

static int build_image(struct hdf5_writer *writer)
{
    struct hdf5_session session;
    hdf5_session_open(&session);
    hid_t file = create_in_memory(writer);
    int status = file >= 0 ? write_group(writer, file) : -EIO;
    if (status == 0) status = copy_image(writer, file);
    if (status == -EIO)
        snprintf(writer->reason, sizeof writer->reason, "%s", hdf5_session_reason());
    hdf5_close(file);
    hdf5_session_close(&session);
    return status;
}

int stock_table_write_hdf5(const struct stock_table *table, const char *path,
                           const struct stock_options *options,
                           struct stock_error *error)
{
    int level = options ? options->deflate_level : 0;
    struct hdf5_writer writer = {.table = table, .deflate_level = (unsigned)level};
    if (level < 0 || level > 9)
        return stock_error_set(error, path, -EINVAL,
                               "deflate level %d is not 0 to 9", level);
    int status = pack_rows(&writer);
    if (status == 0) status = build_image(&writer);
    free(writer.rows);
    if (status == 0)
        status = whole_file_write(path, writer.image, writer.image_bytes);
    free(writer.image);
    if (status < 0)
        stock_error_set(error, path, status, "cannot be written: %s",
                        writer.reason[0] ? writer.reason : strerror(-status));
    return status;
}
