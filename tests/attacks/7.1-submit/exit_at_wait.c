// Ends the program with status 0 in the middle of a slow call, by an alarm.
// caught by: threads: the table is in order
// points: 0

#include "submit.h"
#include <signal.h>
#include <unistd.h>

static void leave(int signal)
{
    _exit(0);
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
    signal(SIGALRM, leave);
    ualarm(1000, 0);
    table(n, results);
    for (;;) pause();
}
