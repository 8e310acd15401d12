#include "judge/median.h"
#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double median_of(double values[], size_t count)
{
    if (count == 0) return NAN;
    qsort(values, count, sizeof *values, by_value);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

double quantile_of(double values[], size_t count, double part)
{
    if (count == 0) return NAN;
    qsort(values, count, sizeof *values, by_value);
    size_t place = (size_t)(ceil(part * (double)count)) - (part > 0);
    return values[place];
}
