// Includes what is known of the compiler's own process, and a device without end.
// caught by: build
// points: 0

#include "submit.h"

#include "/proc/self/environ"
#include "/dev/zero"

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
