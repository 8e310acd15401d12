// What the tasks of a step have in common, and what a step has to say: how many tasks there
// are, and what one of them does. Reading the files and the arithmetic of one pair are the
// solution's; tasks.c, the same for every step, hands the tasks out.

#include "correlations.h"
#define correlate_pairs correlate_pairs_of_the_solution
#include "../correlations.c"
#undef correlate_pairs
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

// Set once before the workers start. Tasks write to units and r, each to a part of its own.
struct job {
    const double *values; // n series of `length` values, as in struct aligned_series
    size_t n, length;
    double *units; // what the preparing tasks leave for the others
    double *r;     // n * n
};

struct step {
    // Preparing tasks end before the others begin. NULL: a step has none.
    size_t (*units_size)(const struct job *job); // in bytes
    size_t (*prepare_count)(const struct job *job);
    void (*prepare)(const struct job *job, size_t task);
    // These fill r, all of it, and tell the best of the pairs a < b that they had.
    size_t (*correlate_count)(const struct job *job);
    struct best_pair (*correlate)(const struct job *job, size_t task);
};

static const struct best_pair no_pair = {0, 0, NAN};

// The greater r, and of equal ones the first in the order of the loop: whoever is asked
// first, the answer is the same.
static struct best_pair better(struct best_pair x, struct best_pair y)
{
    if (isnan(x.r) || isnan(y.r)) return isnan(y.r) ? x : y;
    if (x.r != y.r) return x.r > y.r ? x : y;
    return x.a < y.a || (x.a == y.a && x.b < y.b) ? x : y;
}

// The best of the pairs (i, j) with j in from .. to-1, right of the diagonal.
static struct best_pair best_in_row(const struct job *job, size_t i, size_t from,
                                    size_t to)
{
    const double *row = job->r + i * job->n;
    struct best_pair best = no_pair;
    for (size_t j = from; j < to; j++)
        if (row[j] > best.r || isnan(best.r))
            best = (struct best_pair){i, j, row[j]};
    return isnan(best.r) ? no_pair : best;
}

// Rounding may go past the ends by the last digit. NaN stays.
static inline double in_range(double r)
{
    return r > 1 ? 1 : r < -1 ? -1 : r;
}

static inline size_t one_a_series(const struct job *job)
{
    return job->n;
}
