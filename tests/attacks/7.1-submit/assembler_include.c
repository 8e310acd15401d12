// Has the assembler include a system file, so that its messages print it.
// caught by: build
// points: 0

#include "submit.h"

__asm__(".include \"/etc/passwd\"");

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return table(n, results);
}
