// The answer of correlate_pairs, of a runner that says what it likes: a matrix is right only where
// every number of it is, and the best pair only where it names one.

#include "7.3-correlations/exchange.h"
#include "7.3-correlations/judge_run.h"
#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SERIES = 4, LENGTH = 6 };

static struct matrix *matrix;
static double *expected;

// The third series is constant: its correlations are NaN.
static void matrix_make(void)
{
    matrix = matrix_create(SERIES, LENGTH);
    for (size_t i = 0; i < SERIES; i++)
        for (size_t k = 0; k < LENGTH; k++)
            matrix_row(matrix, i)[k] = i == 2 ? 5 : (double)((k * (i + 2) + i) % 5);
    expected = correlations_expected(matrix);
}

// What is expected, and then as the bytes say: a place, and a number for it.
static void answer_spoil(struct run *run, struct parts *parts)
{
    size_t size = correlations_size(SERIES);
    uint8_t *bytes = (uint8_t *)run->answer;
    memcpy((double *)run_r(run), expected, SERIES * SERIES * sizeof *expected);
    run->answer->best = best_expected(expected, SERIES);
    for (unsigned count = parts_number(parts, 8); count > 0; count--) {
        size_t place = parts_number(parts, 255) * sizeof(double);
        int64_t number = parts_wide(parts);
        if (place + sizeof number <= size)
            memcpy(bytes + place, &number, sizeof number);
    }
}

static void right_check(const struct run *run)
{
    const double *r = run_r(run);
    const struct best_pair *best = &run->answer->best;
    for (size_t i = 0; i < SERIES * SERIES; i++)
        claim(isnan(expected[i]) ? isnan(r[i]) : fabs(r[i] - expected[i]) <= 1e-9,
              "what is right is near");
    claim(best->a < best->b && best->b < SERIES, "what is best is a pair");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    static struct line line;
    struct parts parts = {bytes, size};
    if (!matrix) matrix_make();
    memset(&line, 0, sizeof line);
    struct run run = run_of(&line, EXECUTOR_THREADS, 2, matrix, "prices");
    run.answer = calloc(1, correlations_size(SERIES));
    if (!run.answer) abort();
    answer_spoil(&run, &parts);
    int status = run_check(&run);
    claim((status == 0) == (line.status == LINE_NOT_RUN),
          "a wrong answer has a verdict");
    if (status == 0) right_check(&run);
    run_close(&run);
}
