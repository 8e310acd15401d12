// The solution of 7.3, to be run with faults:
//
//     correlation threads|processes|textbook FILE.h5...
//
// prints what load_series and correlate_pairs returned, the sum of the coefficients and the
// best pair, and what they left open.

#include "correlations.h"
#include <stdio.h>
#include <stdlib.h>
#include "faults/leftovers.h"

enum { FILES_LIMIT = 32 };

static int correlate(enum executor_kind kind, const struct aligned_series *series)
{
    static double r[FILES_LIMIT * FILES_LIMIT];
    struct best_pair best = {0};
    int status = correlate_pairs(kind, 2, series, r, &best);
    double sum = 0;
    for (size_t k = 0; k < series->series_count * series->series_count; k++)
        sum += r[k];
    printf("correlated %d\n", status);
    if (!status)
        printf("sum %.12g best %zu %zu %.12g\n", sum, best.a, best.b, best.r);
    return status;
}

int main(int count, char *values[])
{
    enum executor_kind kind;
    if (count < 3 || count > 2 + FILES_LIMIT || !kind_find(values[1], &kind))
        return 2;
    struct aligned_series series;
    struct leftovers before = leftovers_count();
    int status = load_series(kind, 2, (const char *const *)values + 2,
                             (size_t)count - 2, "close", &series);
    printf("loaded %d\n", status);
    if (!status) correlate(kind, &series);
    aligned_series_close(&series);
    leftovers_tell(&before);
    return 0;
}
