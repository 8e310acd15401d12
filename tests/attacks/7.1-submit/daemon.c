// Leaves daemons behind: forked twice, in sessions of their own, deaf to signals.
// caught by: threads: the calls wait at the same time
// points: 0
// takes: long

#include "submit.h"
#include <signal.h>
#include <unistd.h>

static void daemon_leave(void)
{
    if (fork()) return;
    setsid();
    if (fork()) _exit(0);
    for (int number = 1; number < 32; number++) signal(number, SIG_IGN);
    for (int fd = 0; fd < 64; fd++) close(fd);
    for (;;) sleep(1);
}

__attribute__((constructor)) static void early(void)
{
    daemon_leave();
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
    for (int k = 0; k < 20; k++) daemon_leave();
    return table(n, results);
}
