#ifndef JUDGE_MEDIAN_H
#define JUDGE_MEDIAN_H

// The median and other quantiles: what values say when some of them were disturbed.

#include <stddef.h>

// That of the values, the mean of the two in the middle where there are two; NAN of none. The
// values are put in order.
double median_of(double values[], size_t count);

// The least value that at least this part of them, 0 to 1, does not exceed; NAN of none. The
// values are put in order.
double quantile_of(double values[], size_t count, double part);

#endif
