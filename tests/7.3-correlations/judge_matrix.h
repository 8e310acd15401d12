#ifndef JUDGE_MATRIX_H
#define JUDGE_MATRIX_H

// Matrices of series to be correlated, and what is right for them.

#include <stdbool.h>
#include "7.3-correlations/exchange.h"

// n series of `length` values each, zero; the caller frees it. Ends the program when there is
// no memory, as all of these do.
struct matrix *matrix_create(size_t n, size_t length);

size_t matrix_size(const struct matrix *matrix); // in bytes

double *matrix_row(struct matrix *matrix, size_t i);

// Random walks that share a market: correlations of all sizes and both signs.
void matrix_fill_prices(struct matrix *matrix);

// Mean 1e6, standard deviation 1, with a common part: sums of squares lose every digit.
void matrix_fill_far(struct matrix *matrix);

// row[k] = scale * from[k] + offset
void row_scale(struct matrix *matrix, size_t row, size_t from, double scale,
               double offset);

// The right r, n * n numbers, by unit vectors in long double; the caller frees it.
double *correlations_expected(const struct matrix *matrix);

// The greatest of pairs a < b; r NaN when there is none.
struct best_pair best_expected(const double r[], size_t n);

// Is r (n * n) what Z Zt is, seen through a random vector, r v = Z (Zt v), and in `rows` whole
// rows, chosen at random? Takes time n * n + n * length * (1 + rows). An error in one cell that
// is n times what is allowed does not pass, nor any in those rows; nor does a NaN that is
// missing or one too many.
bool correlations_agree(const struct matrix *matrix, const double r[], int rows);

#endif
