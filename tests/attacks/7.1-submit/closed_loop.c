// Holds the runner in a destructor and in a signal handler that never return.
// caught by: threads: the table is in order
// points: 0
// takes: long

#include "submit.h"
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((destructor)) static void stay(void)
{
    for (;;) pause();
}

static void handler(int number)
{
    for (;;) pause();
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (int number = 1; number < 32; number++) signal(number, handler);
    exit(0);
}
