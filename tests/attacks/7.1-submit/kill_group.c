// Stops and kills its own session, itself included.
// caught by: threads: the table is in order
// points: 0
// takes: long

#include "submit.h"
#include <signal.h>
#include <unistd.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    kill(0, SIGSTOP);
    kill(-1, SIGKILL);
    kill(0, SIGKILL);
    return 0;
}
