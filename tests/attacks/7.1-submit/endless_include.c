// Includes itself twice, without end.
// caught by: build
// points: 0

#include "submit.h"

#include __FILE__
#include __FILE__

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
