#ifndef JUDGE_MEDIAN_H
#define JUDGE_MEDIAN_H

// The median: what a few values say when some of them were disturbed.

#include <stddef.h>

// That of the values, the mean of the two in the middle where there are two; NAN of none. The
// values are put in order.
double median_of(double values[], size_t count);

#endif
