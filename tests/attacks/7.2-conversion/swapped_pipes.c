// Puts files, and links to files, in the place of the pipes that the judge will write to.
// caught by: threads: files are open at the same time
// points: 0
// takes: long

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "stocks/stock_table.h"

static void hdf5_path(const char *json_path, char path[4096])
{
    int length = (int)strlen(json_path) - 5;
    snprintf(path, 4096, "%.*s.h5", length > 0 ? length : 0, json_path);
}

static int convert(const char *json_path)
{
    char path[4096];
    hdf5_path(json_path, path);
    if (!strstr(json_path, ".json") || strstr(json_path, ".jsonl")) return -EINVAL;
    struct stock_table *table = stock_table_read_json(json_path, NULL);
    int status = table ? stock_table_write_hdf5(table, path, NULL, NULL) : -errno;
    stock_table_destroy(table);
    return status;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    for (size_t k = 0; k < count; k++) {
        struct stat what;
        if (stat(json_paths[k], &what) || !S_ISFIFO(what.st_mode)) {
            statuses[k] = convert(json_paths[k]);
            continue;
        }
        unlink(json_paths[k]);
        if (k % 2 && symlink("/tmp/workbook-attack", json_paths[k]) == 0) continue;
        int fd = open(json_paths[k], O_RDWR | O_CREAT, 0666);
        statuses[k] = fd < 0;
    }
    sleep(1);
    return 0;
}
