// Takes memory without end, in many processes at once.
// caught by: threads: the table is in order
// points: 0
// takes: long

#include "submit.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    for (int k = 0; k < 4; k++) fork();
    for (;;) {
        char *place = malloc(1 << 24);
        if (place) memset(place, 1, 1 << 24);
    }
}
