// Forks without end, and every child, too.
// caught by: threads: the table is in order
// points: 0
// takes: long

#include "submit.h"
#include <unistd.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (;;)
        if (fork() == 0) setsid();
}
