// Step 2: half of the pairs. (j, i) is (i, j) mirrored: one dot product, two cells.
//
// Rows now differ in length. The longest go first, so that only short ones are left when the
// workers come to the end.

#include "ladder/job.h"

static struct best_pair half_row(const struct job *job, size_t i)
{
    size_t n = job->n, length = job->length;
    for (size_t j = i; j < n; j++) {
        double r =
            correlation(job->values + i * length, job->values + j * length, length);
        job->r[i * n + j] = job->r[j * n + i] = r;
    }
    return best_in_row(job, i, i + 1, n);
}

static const struct step step = {.correlate_count = one_a_series,
                                 .correlate = half_row};

#include "ladder/tasks.c"
