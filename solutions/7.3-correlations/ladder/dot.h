// A dot product in vectors of LANES doubles. One sum would wait for itself: an addition takes
// several cycles, and two can begin in each. So there are eight.

#include "ladder/lanes.h"

TARGET static double NAME(dot)(const double x[], const double y[], size_t length)
{
    enum { SUMS = 8, STEP = SUMS * LANES };
    VECTOR sum[SUMS] = {0};
    size_t k = 0;
    for (; k + STEP <= length; k += STEP) {
        const VECTOR *u = (const VECTOR *)(x + k), *v = (const VECTOR *)(y + k);
#pragma GCC unroll 8
        for (int s = 0; s < SUMS; s++) sum[s] = MULTIPLY_ADD(u[s], v[s], sum[s]);
    }
    for (int s = 1; s < SUMS; s++) sum[0] += sum[s];
    double total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sum[0][lane];
    for (; k < length; k++) total += x[k] * y[k];
    return total;
}
