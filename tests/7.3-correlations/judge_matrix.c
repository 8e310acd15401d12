#include "7.3-correlations/judge_matrix.h"
#include "7.3-correlations/judge_cells.h"
#include "judge/needed_memory.h"
#include <math.h>
#include <stdlib.h>

static const double LEAST_MOVE = 0.2; // of a price in a day, in units of 2 %

static void *take(size_t count, size_t size)
{
    return needed(calloc(count + 1, size));
}

struct matrix *matrix_create(size_t n, size_t length)
{
    struct matrix *matrix =
        take(1, sizeof *matrix + (n * length + 1) * sizeof(double));
    matrix->series_count = n;
    matrix->length = length;
    return matrix;
}

size_t matrix_size(const struct matrix *matrix)
{
    return sizeof *matrix +
           matrix->series_count * matrix->length * sizeof *matrix->values;
}

double *matrix_row(struct matrix *matrix, size_t i)
{
    return matrix->values + i * matrix->length;
}

// Between -1 and 1. rand() alone is slow and has 31 bits.
static double random_step(void)
{
    static uint64_t state;
    if (!state) state = ((uint64_t)rand() << 32 | (uint64_t)rand()) | 1;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(int64_t)state / 9223372036854775808.0;
}

// What a price follows, and a step of its own: never next to nothing, or the few values of a short
// series would be as good as equal, and right formulas would differ.
static double random_move(double following)
{
    double move;
    do move = following + 0.7 * random_step();
    while (fabs(move) < LEAST_MOVE);
    return move;
}

void matrix_fill_prices(struct matrix *matrix)
{
    size_t length = matrix->length;
    double *market = take(length, sizeof *market);
    for (size_t k = 0; k < length; k++) market[k] = random_step();
    for (size_t i = 0; i < matrix->series_count; i++) {
        double *row = matrix_row(matrix, i);
        double price = 20 + 90 * (1 + random_step()), follows = random_step();
        for (size_t k = 0; k < length; k++) {
            price *= 1 + 0.02 * random_move(follows * market[k]);
            row[k] = price;
        }
    }
    free(market);
}

void matrix_fill_far(struct matrix *matrix)
{
    const double unit = sqrt(3); // a step has standard deviation 1 / sqrt(3)
    size_t length = matrix->length;
    double *common = take(length, sizeof *common);
    for (size_t k = 0; k < length; k++) common[k] = unit * random_step();
    for (size_t i = 0; i < matrix->series_count; i++) {
        double *row = matrix_row(matrix, i), follows = random_step();
        double own = sqrt(1 - follows * follows) * unit;
        for (size_t k = 0; k < length; k++)
            row[k] = 1e6 + follows * common[k] + own * random_step();
    }
    free(common);
}

void row_scale(struct matrix *matrix, size_t row, size_t from, double scale,
               double offset)
{
    double *to = matrix_row(matrix, row), *source = matrix_row(matrix, from);
    for (size_t k = 0; k < matrix->length; k++) to[k] = scale * source[k] + offset;
}

static bool is_constant(const double x[], size_t length)
{
    for (size_t k = 1; k < length; k++)
        if (x[k] != x[0]) return false;
    return true;
}

// x without its mean, of length 1; NaN for a constant series.
static void unit_vector(const double x[], size_t length, long double unit[])
{
    if (is_constant(x, length)) {
        for (size_t k = 0; k < length; k++) unit[k] = NAN;
        return;
    }
    long double sum = 0, squares = 0;
    for (size_t k = 0; k < length; k++) sum += x[k];
    long double mean = sum / (long double)length;
    for (size_t k = 0; k < length; k++) {
        unit[k] = x[k] - mean;
        squares += unit[k] * unit[k];
    }
    long double factor = 1 / sqrtl(squares);
    for (size_t k = 0; k < length; k++) unit[k] *= factor;
}

static long double *unit_vectors(const struct matrix *matrix)
{
    size_t n = matrix->series_count, length = matrix->length;
    long double *units = take(n * length, sizeof *units);
    for (size_t i = 0; i < n; i++)
        unit_vector(matrix->values + i * length, length, units + i * length);
    return units;
}

static double dot(const long double x[], const long double y[], size_t length)
{
    long double sum = 0;
    for (size_t k = 0; k < length; k++) sum += x[k] * y[k];
    if (length == 0) return NAN;
    return (double)(sum > 1 ? 1 : sum < -1 ? -1 : sum);
}

double *correlations_expected(const struct matrix *matrix)
{
    size_t n = matrix->series_count, length = matrix->length;
    double *r = take(n * n, sizeof *r);
    long double *units = unit_vectors(matrix);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            r[i * n + j] = r[j * n + i] =
                dot(units + i * length, units + j * length, length);
    free(units);
    return r;
}

struct best_pair best_expected(const double r[], size_t n)
{
    struct best_pair best = {.r = NAN};
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (r[a * n + b] > best.r || (isnan(best.r) && !isnan(r[a * n + b])))
                best = (struct best_pair){a, b, r[a * n + b]};
    return best;
}

// Is r v = Z (Zt v), of a random v of -1 and 1, and r NaN where a constant series takes part?
static bool product_agrees(const struct matrix *matrix, const long double units[],
                           const double r[])
{
    size_t n = matrix->series_count, length = matrix->length;
    long double *through = take(length, sizeof *through);
    double *v = take(n, sizeof *v);
    for (size_t j = 0; j < n; j++) {
        bool is_number = length && !isnan((double)units[j * length]);
        v[j] = !is_number ? 0 : random_step() < 0 ? -1 : 1;
        for (size_t k = 0; v[j] != 0 && k < length; k++)
            through[k] += v[j] * units[j * length + k];
    }
    bool agree = true;
    for (size_t i = 0; i < n && agree; i++) {
        long double expected = 0, found = 0;
        for (size_t k = 0; k < length; k++)
            expected += units[i * length + k] * through[k];
        for (size_t j = 0; j < n; j++) {
            found += v[j] != 0 ? v[j] * r[i * n + j] : 0;
            agree = agree && isnan(r[i * n + j]) == (v[i] == 0 || v[j] == 0);
        }
        agree = agree &&
                (v[i] == 0 || fabsl(found - expected) <= TOLERANCE * (long double)n);
    }
    free(through);
    free(v);
    return agree;
}

static bool row_agrees(const struct matrix *matrix, const long double units[],
                       size_t i, const double row[])
{
    size_t length = matrix->length;
    for (size_t j = 0; j < matrix->series_count; j++) {
        double expected = dot(units + i * length, units + j * length, length);
        bool is_near = fabs(row[j] - expected) <= TOLERANCE;
        if (!is_near && !(isnan(row[j]) && isnan(expected))) return false;
    }
    return true;
}

bool correlations_agree(const struct matrix *matrix, const double r[], int rows)
{
    size_t n = matrix->series_count;
    long double *units = unit_vectors(matrix);
    bool agree = product_agrees(matrix, units, r);
    for (; agree && n && rows > 0; rows--) {
        size_t i = (size_t)rand() % n;
        agree = row_agrees(matrix, units, i, r + i * n);
    }
    free(units);
    return agree;
}
