// Leaves folders so deep that their paths are too long, and some that nobody may enter, so that
// the judge cannot clear them away.
// caught by: threads: every value arrives
// says: in the folder
// points: 0

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
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
    char path[4096];
    for (size_t k = 0; k < count; k++) statuses[k] = convert(json_paths[k]);
    snprintf(path, sizeof path, "%s", count ? json_paths[0] : "/tmp/");
    *strrchr(path, '/') = '\0';
    if (chdir(path) < 0) return -1;
    static char name[201];
    memset(name, 'd', 200);
    for (int depth = 0; depth < 300; depth++)
        if (mkdir(name, 0777) < 0 || chdir(name) < 0) break;
    if (chdir(path) == 0 && mkdir("closed", 0777) == 0 &&
        mkdir("closed/inside", 0777) == 0)
        chmod("closed", 0);
    chmod(path, 0555);
    return 0;
}
