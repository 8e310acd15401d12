// Brings clocks of its own that stand still, and sleeps that do not sleep.
// caught by: threads: the calls wait at the same time
// points: 0
// with: speed

#include "submit.h"
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
    *now = (struct timespec){1, 0};
    return 0;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
    return 0;
}

int usleep(useconds_t time)
{
    return 0;
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
    return table(n, results);
}
