// Has its own main left in, under an #ifdef.
// caught by: nothing
// with: speed
// points: 30

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stocks/stock_table.h"

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
    int status =
        executor_map(executor, convert_task, json_paths, sizeof *json_paths, NULL, 0,
                     count, statuses, &(struct map_options){.keep_going = true});
    executor_destroy(executor);
    return status == -ECHILD ? 0 : status;
}

#ifdef TRY
int main(int argc, char *argv[])
{
    int statuses[64];
    return convert_files(EXECUTOR_THREADS, 2, (const char *const *)argv + 1,
                         (size_t)argc - 1, statuses);
}
#endif
