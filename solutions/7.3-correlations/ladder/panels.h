// Step 5's passes over numbers, in vectors of LANES doubles.

#include "ladder/lanes.h"

// The sum of (x[k] - center) ^ power, power 1 or 2. One sum would wait for itself: an addition
// takes several cycles, and two can begin in each. So there are eight.
TARGET static inline double NAME(power_sum)(const double x[], double center,
                                            size_t length, const int power)
{
    enum { SUMS = 8, STEP = SUMS * LANES };
    VECTOR sum[SUMS] = {0}, middle = ALL(center);
    double total = 0;
    size_t k = 0;
    for (; k + STEP <= length; k += STEP)
#pragma GCC unroll 8
        for (int s = 0; s < SUMS; s++) {
            VECTOR d = ((const VECTOR *)(x + k))[s] - middle;
            if (power == 1)
                sum[s] += d;
            else
                sum[s] = MULTIPLY_ADD(d, d, sum[s]);
        }
    for (int s = 1; s < SUMS; s++) sum[0] += sum[s];
    for (int lane = 0; lane < LANES; lane++) total += sum[0][lane];
    for (; k < length; k++) {
        double d = x[k] - center;
        total += power == 1 ? d : d * d;
    }
    return total;
}

// The unit vector of x is (x[k] - center) * factor.
TARGET static void NAME(measure)(const double x[], size_t length, double *center,
                                 double *factor)
{
    *center = NAME(power_sum)(x, 0, length, 1) / (double)length;
    *factor = is_constant(x, length)
                  ? NAN
                  : 1 / sqrt(NAME(power_sum)(x, *center, length, 2));
}

// One number, as put_row does it; the greater of it and most.
static inline double NAME(put_number)(double *to, double *from, double most)
{
    *to = *from = in_range(*from);
    return *to > most ? *to : most;
}

// Brings `count` numbers into [-1, 1], copies them, and tells the greatest; -INFINITY: there is
// none. NaN stays NaN. stream_end is due.
TARGET static double NAME(put_row)(double to[], double from[], size_t count)
{
    VECTOR greatest = ALL(-INFINITY), one = ALL(1.0);
    double most = -INFINITY;
    size_t j = 0;
    for (; j < count && (uintptr_t)(to + j) % sizeof(VECTOR); j++)
        most = NAME(put_number)(to + j, from + j, most);
    for (; j + LANES <= count; j += LANES) {
        VECTOR x = *(const VECTOR *)(from + j);
        VECTOR y = LEAST(one, x);
        VECTOR z = GREATEST(-one, y);
        greatest = GREATEST(z, greatest);
        *(VECTOR *)(from + j) = z;
        STREAM(to + j, z);
    }
    for (int lane = 0; lane < LANES; lane++)
        if (greatest[lane] > most) most = greatest[lane];
    for (; j < count; j++) most = NAME(put_number)(to + j, from + j, most);
    return most;
}
