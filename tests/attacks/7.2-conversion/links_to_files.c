// Writes files whose group is a link to another file, or to itself without end.
// caught by: threads: every value arrives
// says: no table
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

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    for (size_t k = 0; k < count; k++) {
        hid_t file = file_start(json_paths[k]);
        if (k % 2)
            H5Lcreate_soft("/data", file, "/data", H5P_DEFAULT, H5P_DEFAULT);
        else
            H5Lcreate_external(json_paths[k], "/", file, "/data", H5P_DEFAULT,
                               H5P_DEFAULT);
        H5Fclose(file);
        statuses[k] = 0;
    }
    return 0;
}
