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

static int convert_task(const void *args, void *result)
{
    const char *const *json_path = args;
    return convert_file(*json_path);
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    if (!executor) return -errno;
    // An argument is a pointer to a path, not the path. That is good in a process
    // worker too: it has a copy of the memory as it was when the executor was
    // created, at the same addresses, and the paths were there by then.
    int status =
        executor_map(executor, convert_task, json_paths, sizeof *json_paths, NULL, 0,
                     count, statuses, &(struct map_options){.keep_going = true});
    executor_destroy(executor);
    // That a file failed is in its status, and no failure of ours.
    return status == -ECHILD ? 0 : status;
}
