// Fills far more than the table has.
// caught by: threads: the table is in order
// says: crashed: Segmentation fault
// points: 0

#include "submit.h"

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (long place = 0; place < 1L << 40; place++) results[place] = -1;
    return 0;
}
