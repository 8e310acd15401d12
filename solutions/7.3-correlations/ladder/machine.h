// How many doubles fit a vector register of the machine that the program runs on: 8, 4, or 2,
// which is right on any machine. -DMOST_LANES=4 makes a program that believes in no more, as
// on an older machine.

#ifndef MOST_LANES
#define MOST_LANES 8
#endif

#ifdef __x86_64__
#include <immintrin.h>

static int machine_lanes(void)
{
    if (MOST_LANES >= 8 && __builtin_cpu_supports("avx512f")) return 8;
    if (MOST_LANES >= 4 && __builtin_cpu_supports("avx2") &&
        __builtin_cpu_supports("fma"))
        return 4;
    return 2;
}
#else
static int machine_lanes(void)
{
    return 2;
}
#endif
