// Makes NAME.h5 a pipe, on which whoever opens it waits for ever.
// caught by: threads: every value arrives
// says: no regular file
// points: 0

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void hdf5_path(const char *json_path, char path[4096])
{
    int length = (int)strlen(json_path) - 5;
    snprintf(path, 4096, "%.*s.h5", length > 0 ? length : 0, json_path);
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    for (size_t k = 0; k < count; k++) {
        char path[4096];
        hdf5_path(json_paths[k], path);
        statuses[k] = mkfifo(path, 0666);
    }
    return 0;
}
