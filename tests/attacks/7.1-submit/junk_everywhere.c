// Writes junk to every descriptor there is.
// caught by: threads: the table is in order
// says: wrong form
// points: 0

#include "submit.h"
#include <unistd.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    static char junk[200];
    for (int k = 0; k < 200; k++) junk[k] = (char)(k * 37);
    for (int fd = 0; fd < 1024; fd++)
        if (fd != 3 && write(fd, junk, sizeof junk) < 0) continue;
    if (write(3, junk, sizeof junk) < 0) return -1;
    return 0;
}
