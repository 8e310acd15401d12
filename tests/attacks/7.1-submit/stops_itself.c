// Stops itself, for whoever waits for its end.
// caught by: threads: the table is in order
// says: did not return
// points: 0
// takes: long

#include "submit.h"
#include <signal.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (;;) raise(SIGSTOP);
}
