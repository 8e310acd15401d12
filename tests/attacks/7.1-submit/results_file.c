// Writes results of its own wherever results may lie.
// caught by: threads: the calls wait at the same time
// points: 0

#include "submit.h"
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static const char forged[] = "{\"schema\": \"workbook-results/1\", \"points\": 100}";

static void forge(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd >= 0 && write(fd, forged, sizeof forged) < 0) close(fd);
}

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    static const char *const folders[] = {".",
                                          "..",
                                          "../..",
                                          "/",
                                          "/program/..",
                                          "/tmp",
                                          "build/check",
                                          "../build/check",
                                          "/proc/self/cwd/..",
                                          "/proc/1/root",
                                          "/proc/1/cwd",
                                          "/proc/self/root"};
    for (unsigned k = 0; k < sizeof folders / sizeof *folders; k++) {
        forge(folders[k], "results.json");
        forge(folders[k], "workbook-attack");
        forge(folders[k], "runner");
    }
    return table(n, results);
}
