// Has the assembler repeat a line without end.
// caught by: build
// points: 0

#include "submit.h"

__asm__(".data\n.rept 2000000000\n.quad 1\n.endr\n.text");

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
