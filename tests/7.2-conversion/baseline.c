// Stock files of JSON lines into HDF5 files, one file after the other.
//
// A file is read, parsed, stored and closed before the next one is opened. No file
// needs anything of another, and a bad one must not keep the good ones from being
// converted.

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stocks/stock_table.h"

// NAME.h5 for NAME.json. Owned by the caller (free). NULL with errno EINVAL or
// ENOMEM.
static char *hdf5_path_create(const char *json_path)
{
    static const char suffix[] = ".json";
    size_t length = strlen(json_path), suffix_length = strlen(suffix);
    if (length < suffix_length ||
        strcmp(json_path + length - suffix_length, suffix) != 0) {
        errno = EINVAL;
        return NULL;
    }
    char *path = NULL;
    if (asprintf(&path, "%.*s.h5", (int)(length - suffix_length), json_path) < 0) {
        errno = ENOMEM;
        return NULL;
    }
    return path;
}

static int convert_file(const char *json_path)
{
    char *hdf5_path = hdf5_path_create(json_path);
    if (!hdf5_path) return -errno;
    struct stock_table *table = stock_table_read_json(json_path, NULL);
    int status =
        table ? stock_table_write_hdf5(table, hdf5_path, NULL, NULL) : -errno;
    stock_table_destroy(table);
    free(hdf5_path);
    return status;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    for (size_t k = 0; k < count; k++) statuses[k] = convert_file(json_paths[k]);
    return 0;
}
