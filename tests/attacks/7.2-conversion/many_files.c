// Leaves as many files as it can make in the time that it has.
// caught by: threads: every value arrives
// points: 0
// takes: long

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <fcntl.h>
#include <time.h>
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
    for (size_t k = 0; k < count; k++) statuses[k] = convert(json_paths[k]);
    char path[4096];
    time_t end = time(NULL) + 2;
    snprintf(path, sizeof path, "%s", count ? json_paths[0] : "/tmp/");
    *strrchr(path, '/') = '\0';
    for (long k = 0; time(NULL) < end && chdir(path) == 0; k++) {
        char name[32];
        snprintf(name, sizeof name, "workbook-attack-%ld", k);
        close(open(name, O_WRONLY | O_CREAT, 0644));
    }
    return 0;
}
