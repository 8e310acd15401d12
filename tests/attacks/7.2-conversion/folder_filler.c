// Fills the folder of the files for as long as it can.
// caught by: threads: every value arrives
// says: more than a gigabyte
// points: 0
// takes: long

#include "conversion.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char megabyte[1 << 20];

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    char path[4096];
    signal(SIGXFSZ, SIG_IGN);
    memset(megabyte, 1, sizeof megabyte);
    for (long k = 0;; k++) {
        snprintf(path, sizeof path, "%s-%ld", count ? json_paths[0] : "/tmp/x", k);
        int fd = open(path, O_WRONLY | O_CREAT, 0644);
        while (fd >= 0 && write(fd, megabyte, sizeof megabyte) > 0)
            ;
        close(fd);
    }
}
