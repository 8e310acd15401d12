// The solution of 7.2, to be run with faults:
//
//     conversion threads|processes|textbook FILE.json...
//
// prints what convert_files returned, then each file's status, and what it left open.

#include "conversion.h"
#include <stdio.h>
#include <stdlib.h>
#include "faults/leftovers.h"

int main(int count, char *values[])
{
    static int statuses[64];
    enum executor_kind kind;
    if (count < 2 || count > 66 || !kind_find(values[1], &kind)) return 2;
    size_t files = (size_t)count - 2;
    struct leftovers before = leftovers_count();
    for (size_t i = 0; i < files; i++) statuses[i] = 1;
    int returned =
        convert_files(kind, 2, (const char *const *)values + 2, files, statuses);
    printf("returned %d\n", returned);
    for (size_t i = 0; i < files; i++) printf("status %d\n", statuses[i]);
    leftovers_tell(&before);
    return 0;
}
