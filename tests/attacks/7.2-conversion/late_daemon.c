// Answers at once; a process that has left its family converts afterwards, and again and
// again, while the judge reads.
// caught by: threads: every value arrives
// points: 0

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
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
    for (size_t k = 0; k < count; k++) statuses[k] = 0;
    if (fork() == 0) {
        setsid();
        if (fork()) _exit(0);
        for (int fd = 0; fd < 64; fd++) close(fd);
        usleep(2000);
        for (;;)
            for (size_t k = 0; k < count; k++) convert(json_paths[k]);
    }
    return 0;
}
