// Includes a system file, so that the compiler's messages print it.
// caught by: build
// says: /etc/passwd
// points: 0

#include "submit.h"

#include "/etc/passwd"

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
