// A constant whose computing takes the compiler more time than there is.
// caught by: build
// points: 0

#include "submit.h"

#define B1(x) x + sizeof(char[1 + sizeof(struct { char c[x]; })])
#define B2(x) B1(B1(x))
#define B3(x) B2(B2(x))
#define B4(x) B3(B3(x))
#define B5(x) B4(B4(x))
#define B6(x) B5(B5(x))
#define B7(x) B6(B6(x))

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return (int)(B7(1));
}
