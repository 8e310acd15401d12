#ifndef JUDGE_SERIES_H
#define JUDGE_SERIES_H

// The series that 7.3 is tested on: random, so that no answer can be known before. Each is a
// matrix of n series of `length` values, owned by the caller (free).

#include "7.3-correlations/judge_matrix.h"

struct matrix *series_prices(size_t n, size_t length);

// Mean 1e6, standard deviation 1.
struct matrix *series_far(size_t n, size_t length);

// Twins, a mirror image, and scaled copies: so many that some correlation surely rounds to more
// than 1, or to less than -1.
struct matrix *series_relatives(void);

// Correlations of about -1/2 each: three directions in a plane, the angles between them equal.
struct matrix *series_opposed(void);

// The best pair stands at a, b, and nearly so good a one elsewhere.
struct matrix *series_with_pair(size_t n, size_t a, size_t b);

#endif
