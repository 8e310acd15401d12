// Prints without end.
// caught by: threads: the table is in order
// says: did not return
// points: 0
// takes: long

#include "submit.h"
#include <stdio.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (;;) puts("ok 1 - threads: the table is in order");
}
