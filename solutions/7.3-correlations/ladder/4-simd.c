// Step 4: SIMD dot products. A vector register holds 2, 4 or 8 doubles, and one instruction
// multiplies and adds all of them. Which it is depends on the machine that the program runs
// on, not on the one that compiled it.
//
// Now memory is the limit: for every multiplication two numbers have to be fetched.

#include "ladder/job.h"
#include "ladder/unit_vectors.h"
#include "ladder/machine.h"
#define LANES 2
#include "ladder/dot.h"
#ifdef __x86_64__
#undef LANES
#define LANES 4
#include "ladder/dot.h"
#undef LANES
#define LANES 8
#include "ladder/dot.h"
#endif

static double dot(const double x[], const double y[], size_t length)
{
#ifdef __x86_64__
    switch (machine_lanes()) {
    case 8:
        return dot_8(x, y, length);
    case 4:
        return dot_4(x, y, length);
    }
#endif
    return dot_2(x, y, length);
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
