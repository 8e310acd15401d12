// A unit vector a series: mean taken out, divided by its length. The correlation of two series
// is then the dot product of theirs.

static size_t unit_vectors_size(const struct job *job)
{
    return job->n * job->length * sizeof(double);
}

// Series i; NaN all over where it has no correlations.
static void unit_vector(const struct job *job, size_t i)
{
    size_t length = job->length;
    const double *x = job->values + i * length;
    double *unit = job->units + i * length;
    double center = mean(x, length), squares = 0;
    for (size_t k = 0; k < length; k++) {
        unit[k] = x[k] - center;
        squares += unit[k] * unit[k];
    }
    double factor = is_constant(x, length) ? NAN : 1 / sqrt(squares);
    for (size_t k = 0; k < length; k++) unit[k] *= factor;
}

// What their dot product says: NaN for fewer than two values, and on the diagonal exactly 1.
static double unit_correlation(const struct job *job, size_t i, size_t j, double dot)
{
    if (isnan(dot) || job->length < 2) return NAN;
    return i == j ? 1 : in_range(dot);
}
