// The most correlated pair by a BLAS library: unit vectors, dsyrk for one half of their
// product, a scan for the greatest. One run for each line, VERB N M FILE; the answer is the
// seconds that it took. Unit vectors and scan are shared out among as many threads as BLAS
// has (OPENBLAS_NUM_THREADS), so that BLAS is what is compared.

#include <cblas.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct matrix {
    int n, m;
    double *x, *units, *r;
    char path[512];
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void matrix_load(struct matrix *matrix, int n, int m, const char *path)
{
    size_t size = (size_t)n * (size_t)m;
    if (matrix->n == n && matrix->m == m && !strcmp(matrix->path, path)) return;
    free(matrix->x);
    free(matrix->units);
    free(matrix->r);
    *matrix = (struct matrix){.n = n, .m = m};
    matrix->x = malloc(size * sizeof(double));
    matrix->units = calloc(size, sizeof(double));
    matrix->r = calloc((size_t)n * (size_t)n, sizeof(double));
    FILE *file = fopen(path, "rb");
    if (!file || !matrix->x || !matrix->units || !matrix->r ||
        fread(matrix->x, sizeof(double), size, file) != size)
        exit(EXIT_FAILURE);
    fclose(file);
    snprintf(matrix->path, sizeof matrix->path, "%s", path);
}

static void make_unit(const double *restrict x, double *restrict unit, int m)
{
    double sum = 0, squares = 0;
#pragma omp simd reduction(+ : sum)
    for (int k = 0; k < m; k++) sum += x[k];
    double mean = sum / m;
#pragma omp simd reduction(+ : squares)
    for (int k = 0; k < m; k++) {
        unit[k] = x[k] - mean;
        squares += unit[k] * unit[k];
    }
    double factor = 1 / sqrt(squares);
#pragma omp simd
    for (int k = 0; k < m; k++) unit[k] *= factor;
}

static double scan(const struct matrix *matrix, int *best_a, int *best_b)
{
    double best = -2;
#pragma omp parallel for schedule(dynamic, 16)
    for (int a = 0; a < matrix->n; a++) {
        const double *row = matrix->r + (size_t)a * (size_t)matrix->n;
        double most = -2;
#pragma omp simd reduction(max : most)
        for (int b = a + 1; b < matrix->n; b++) most = row[b] > most ? row[b] : most;
#pragma omp critical
        if (most > best || (most == best && a < *best_a)) {
            best = most;
            *best_a = a;
        }
    }
    for (*best_b = *best_a + 1; *best_b < matrix->n - 1; ++*best_b)
        if (matrix->r[(size_t)*best_a * (size_t)matrix->n + (size_t)*best_b] == best)
            break;
    return best;
}

static void run(struct matrix *matrix)
{
    int n = matrix->n, m = matrix->m, a = 0, b = 0;
    double begin = now_s();
#pragma omp parallel for
    for (int i = 0; i < n; i++)
        make_unit(matrix->x + (size_t)i * (size_t)m,
                  matrix->units + (size_t)i * (size_t)m, m);
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, n, m, 1, matrix->units, m,
                0, matrix->r, n);
    scan(matrix, &a, &b);
    printf("%.9f %d %d\n", now_s() - begin, a, b);
    fflush(stdout);
}

int main(void)
{
    struct matrix matrix = {0};
    char verb[16], path[512];
    int n, m;
    const char *threads = getenv("OPENBLAS_NUM_THREADS");
    if (threads) omp_set_num_threads(atoi(threads));
    while (scanf("%15s %d %d %511s", verb, &n, &m, path) == 4) {
        matrix_load(&matrix, n, m, path);
        run(&matrix);
    }
    return EXIT_SUCCESS;
}
