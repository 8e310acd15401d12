#include "7.3-correlations/judge_series.h"
#include <math.h>

struct matrix *series_prices(size_t n, size_t length)
{
    struct matrix *matrix = matrix_create(n, length);
    matrix_fill_prices(matrix);
    return matrix;
}

struct matrix *series_far(size_t n, size_t length)
{
    struct matrix *matrix = matrix_create(n, length);
    matrix_fill_far(matrix);
    return matrix;
}

struct matrix *series_relatives(void)
{
    struct matrix *matrix = series_prices(24, 250);
    row_scale(matrix, 2, 0, 1, 0);
    row_scale(matrix, 3, 0, -1, 200);
    for (size_t i = 4; i < matrix->series_count; i++)
        row_scale(matrix, i, 1, (i % 2 ? -1.0 : 1.0) / (double)i, 0.1 * (double)i);
    return matrix;
}

struct matrix *series_opposed(void)
{
    struct matrix *matrix = series_far(3, 250);
    double *x = matrix_row(matrix, 0), *y = matrix_row(matrix, 1),
           *z = matrix_row(matrix, 2);
    for (size_t k = 0; k < matrix->length; k++) {
        double angle = 0.37 * (double)(k * k % 250);
        x[k] = 50 + cos(angle);
        y[k] = 60 + cos(angle + 2.0944);
        z[k] = 70 + cos(angle + 4.1888);
    }
    return matrix;
}

struct matrix *series_with_pair(size_t n, size_t a, size_t b)
{
    struct matrix *matrix = series_prices(n, 250);
    double *from = matrix_row(matrix, a), *to = matrix_row(matrix, b);
    for (size_t k = 0; k < matrix->length; k++)
        to[k] = from[k] + 0.001 * (double)(k % 7);
    return matrix;
}
