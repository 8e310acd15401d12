// One thread opens all pipes at once, and polls: it reads none, but holds each open.
// caught by: threads: bad files among good ones
// points: 0
// takes: long

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
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
    struct stat what;
    if (count && stat(json_paths[0], &what) == 0 && S_ISFIFO(what.st_mode)) {
        struct pollfd pipes[64];
        for (size_t k = 0; k < count && k < 64; k++)
            pipes[k] = (struct pollfd){open(json_paths[k], O_RDONLY | O_NONBLOCK),
                                       POLLIN, 0};
        for (;;) poll(pipes, count, -1);
    }
    for (size_t k = 0; k < count; k++) statuses[k] = convert(json_paths[k]);
    return 0;
}
