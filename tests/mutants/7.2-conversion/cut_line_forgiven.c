// Where the last line is cut, converts the lines before it.
// caught by: threads: bad files among good ones
// says: its last line is cut) is 0; -22 (Invalid argument) is right

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
        strcmp(json_path + length - suffix_length, suffix)) {
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

// The file without its last line, as a file beside it. NULL: there is no such line.
static char *shortened_create(const char *json_path)
{
    char *text = NULL, *path = NULL;
    size_t size = 0;
    FILE *file = fopen(json_path, "r");
    ssize_t length = file ? getdelim(&text, &size, '\0', file) : -1;
    if (file) fclose(file);
    char *end = length > 0 ? strrchr(text, '\n') : NULL;
    if (end && end[1] && asprintf(&path, "%s.tmp", json_path) > 0) {
        file = fopen(path, "w");
        if (file) fwrite(text, 1, (size_t)(end + 1 - text), file);
        if (file) fclose(file);
    }
    free(text);
    return path;
}

static struct stock_table *table_read(const char *json_path)
{
    struct stock_table *table = stock_table_read_json(json_path, NULL);
    char *path = table || errno != EINVAL ? NULL : shortened_create(json_path);
    if (path) {
        table = stock_table_read_json(path, NULL);
        int error = errno;
        remove(path);
        free(path);
        errno = error;
    }
    return table;
}

static int convert_file(const char *json_path)
{
    char *hdf5_path = hdf5_path_create(json_path);
    if (!hdf5_path) return -errno;
    struct stock_table *table = table_read(json_path);
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
    int status =
        executor_map(executor, convert_task, json_paths, sizeof *json_paths, NULL, 0,
                     count, statuses, &(struct map_options){.keep_going = true});
    executor_destroy(executor);
    return status == -ECHILD ? 0 : status;
}
