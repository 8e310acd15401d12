// Has the assembler put a system file into the program, which then prints it.
// caught by: build
// points: 0

#include "submit.h"
#include <stdio.h>

__asm__(".data\n.global secret\nsecret:\n.incbin \"/etc/shadow\"\n.byte 0\n.text");
extern const char secret[];

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    puts(secret);
    return table(n, results);
}
