// Ends the program with status 0 in the middle of the table.
// caught by: threads: the table is in order
// says: ended the program with exit status 0
// points: 0

#include "submit.h"
#include <stdlib.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    results[0] = slow_add(0, 1);
    exit(0);
}
