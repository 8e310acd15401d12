// Writes tables that claim to have more rows than there are atoms, without writing one.
// caught by: threads: every value arrives
// says: far more rows
// points: 0

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <hdf5.h>

static void hdf5_path(const char *json_path, char path[4096])
{
    int length = (int)strlen(json_path) - 5;
    snprintf(path, 4096, "%.*s.h5", length > 0 ? length : 0, json_path);
}

static hid_t file_start(const char *json_path)
{
    char path[4096];
    hdf5_path(json_path, path);
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    return file;
}

static void group_mark(hid_t group)
{
    hid_t one = H5Screate(H5S_SCALAR);
    H5Aclose(H5Acreate2(group, "pandas_type", H5T_NATIVE_INT, one, H5P_DEFAULT,
                        H5P_DEFAULT));
    H5Sclose(one);
}

static void table_claim(hid_t file, hsize_t rows)
{
    hid_t group = H5Gcreate2(file, "/data", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    hid_t type = H5Tcreate(H5T_COMPOUND, 16);
    hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    hsize_t chunk = 1024;
    group_mark(group);
    H5Tinsert(type, "timestamp", 0, H5T_NATIVE_INT64);
    H5Tinsert(type, "close", 8, H5T_NATIVE_DOUBLE);
    H5Pset_chunk(creation, 1, &chunk);
    hid_t space = H5Screate_simple(1, &rows, NULL);
    H5Dclose(
        H5Dcreate2(group, "table", type, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Gclose(group);
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    for (size_t k = 0; k < count; k++) {
        hid_t file = file_start(json_paths[k]);
        table_claim(file, (hsize_t)1 << (62 - k));
        H5Fclose(file);
        statuses[k] = 0;
    }
    return 0;
}
