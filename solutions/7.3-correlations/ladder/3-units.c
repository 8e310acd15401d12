// Step 3: unit vectors once. What a pair asks of one series alone is asked once a series;
// what is left of a pair is one dot product.

#include "ladder/job.h"
#include "ladder/unit_vectors.h"

static double dot(const double x[], const double y[], size_t length)
{
    double sum = 0;
    for (size_t k = 0; k < length; k++) sum += x[k] * y[k];
    return sum;
}

static struct best_pair half_row(const struct job *job, size_t i)
{
    size_t n = job->n, length = job->length;
    for (size_t j = i; j < n; j++) {
        double product =
            dot(job->units + i * length, job->units + j * length, length);
        job->r[i * n + j] = job->r[j * n + i] = unit_correlation(job, i, j, product);
    }
    return best_in_row(job, i, i + 1, n);
}

static const struct step step = {.units_size = unit_vectors_size,
                                 .prepare_count = one_a_series,
                                 .prepare = unit_vector,
                                 .correlate_count = one_a_series,
                                 .correlate = half_row};

#include "ladder/tasks.c"
