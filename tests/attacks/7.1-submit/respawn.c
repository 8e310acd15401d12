// Children that fork anew and end, so that no list of them is right for long.
// caught by: threads: the table is in order
// points: 0

#include "submit.h"
#include <unistd.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (int k = 0; k < 8; k++) fork();
    for (;;)
        if (fork()) _exit(0);
}
