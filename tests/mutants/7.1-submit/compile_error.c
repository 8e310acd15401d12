// Forgets a semicolon.
// caught by: build
// says: submit.c:
// points: 0

#include "submit.h"

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0
}
