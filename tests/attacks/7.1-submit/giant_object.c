// An array of many gigabytes that is not all zero, so that it stands in the object.
// caught by: build
// points: 0

#include "submit.h"

static char giant[1L << 36] = {1};

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return giant[n];
}
