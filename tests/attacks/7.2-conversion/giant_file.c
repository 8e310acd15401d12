// Makes NAME.h5 as large as it may: a hole of many gigabytes.
// caught by: threads: every value arrives
// points: 0

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

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
        int fd = open(path, O_WRONLY | O_CREAT, 0644);
        for (off_t size = (off_t)1 << 40; size && ftruncate(fd, size) < 0; size /= 2)
            ;
        close(fd);
        statuses[k] = 0;
    }
    return 0;
}
