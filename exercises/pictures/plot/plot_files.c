// A picture is about a thousand pixels wide, so of longer series every so many moments are
// drawn. More than FEW lines cannot be told apart: then their quantiles are drawn.

#include "pictures/plot/plot_files.h"
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "pictures/plot/order.h"

enum { FEW = 30, MOST_MOMENTS = 2500 };

static FILE *open_file(const struct plotted *plotted, const char *name,
                       const char *mode)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", plotted->folder, name) >=
        (int)sizeof path)
        return NULL;
    return fopen(path, mode);
}

static int close_file(FILE *file)
{
    int status = ferror(file) ? -EIO : 0;
    return fclose(file) == 0 ? status : -EIO;
}

static bool has_dates(const struct aligned_series *series)
{
    // The numbers of rows, which stand for dates that are not known, are small.
    return series->timestamps_ns &&
           series->timestamps_ns[series->length - 1] > 1000000000000;
}

// The moment as gnuplot takes it: seconds since 1970, or the number of the row.
static long long moment(const struct aligned_series *series, size_t k)
{
    return has_dates(series) ? series->timestamps_ns[k] / 1000000000 : (long long)k;
}

static size_t step_of(const struct aligned_series *series)
{
    return series->length / MOST_MOMENTS + 1;
}

static double value(const struct plotted *plotted, size_t i, size_t k)
{
    return plotted->series->values[i * plotted->series->length + k];
}

// The file's name without folder and suffix; gnuplot parts words at blanks.
static void put_name(FILE *file, const struct plotted *plotted, size_t i)
{
    const char *name = path_name(plotted->files->paths[i]);
    size_t length = strlen(name) - strlen(".h5");
    for (size_t k = 0; k < length; k++)
        fputc(strchr(" '\"\\", name[k]) ? '_' : name[k], file);
}

static const char *unit_of(const char *column)
{
    static const char *const prices[] = {"close", "high", "low", "open"};
    for (size_t k = 0; k < sizeof prices / sizeof *prices; k++)
        if (!strcmp(column, prices[k])) return "dollars a share";
    return strcmp(column, "volume") ? "in the data's unit" : "shares";
}

struct range {
    double least;
    double greatest;
};

static struct range range_of(const struct aligned_series *series)
{
    struct range range = {INFINITY, -INFINITY};
    for (size_t k = 0; k < series->series_count * series->length; k++) {
        range.least = fmin(range.least, series->values[k]);
        range.greatest = fmax(range.greatest, series->values[k]);
    }
    return range;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void put_quantiles(FILE *file, const struct plotted *plotted, size_t k,
                          double scratch[])
{
    static const double parts[] = {0.5, 0.1, 0.9, 0, 1};
    size_t n = plotted->series->series_count;
    for (size_t i = 0; i < n; i++) scratch[i] = value(plotted, i, k);
    qsort(scratch, n, sizeof *scratch, compare_numbers);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        fprintf(file, " %.9g", scratch[(size_t)(parts[p] * (double)(n - 1) + 0.5)]);
}

static int write_moments(const struct plotted *plotted)
{
    const struct aligned_series *series = plotted->series;
    FILE *file = open_file(plotted, "all.dat", "w");
    if (!file) return -errno;
    double *scratch = calloc(series->series_count + 1, sizeof *scratch);
    for (size_t k = 0; scratch && k < series->length; k += step_of(series)) {
        fprintf(file, "%lld", moment(series, k));
        if (series->series_count > FEW)
            put_quantiles(file, plotted, k, scratch);
        else
            for (size_t i = 0; i < series->series_count; i++)
                fprintf(file, " %.9g", value(plotted, i, k));
        fputc('\n', file);
    }
    int status = close_file(file);
    if (!scratch) status = -ENOMEM;
    free(scratch);
    return status;
}

int plot_write_series(const struct plotted *plotted)
{
    const struct aligned_series *series = plotted->series;
    FILE *file = open_file(plotted, "words.gp", "w");
    if (!file) return -errno;
    struct range range = range_of(series);
    bool is_log = range.least > 0 && range.greatest > 10 * range.least;
    fprintf(file, "least_value = %.9g\ngreatest_value = %.9g\n", range.least,
            range.greatest);
    fprintf(file, "first_moment = %lld\nlast_moment = %lld\n", moment(series, 0),
            moment(series, series->length - 1));
    fprintf(file, "value_name = '%s'\n", plotted->column);
    fprintf(file, "series_count = %zu\nis_many = %d\nis_log = %d\nis_time = %d\n",
            series->series_count, series->series_count > FEW, is_log,
            has_dates(series));
    fprintf(file, "all_title = 'The %s of %zu series'\n", plotted->column,
            series->series_count);
    fprintf(file, "value_label = '%s (%s%s)'\n", plotted->column,
            unit_of(plotted->column), is_log ? ", logarithmic" : "");
    fprintf(file, "time_label = '%s'\nnames = '",
            has_dates(series) ? "date (year-month-day)" : "number of the row");
    for (size_t i = 0; i < series->series_count && i < FEW; i++) {
        put_name(file, plotted, i);
        fputc(' ', file);
    }
    fputs("'\n", file);
    int status = close_file(file);
    return status ? status : write_moments(plotted);
}

struct moments {
    double mean;
    double deviation;
};

static struct moments moments_of(const struct plotted *plotted, size_t i)
{
    size_t length = plotted->series->length;
    double sum = 0, squares = 0;
    for (size_t k = 0; k < length; k++) sum += value(plotted, i, k);
    double mean = sum / (double)length;
    for (size_t k = 0; k < length; k++)
        squares += (value(plotted, i, k) - mean) * (value(plotted, i, k) - mean);
    return (struct moments){mean, sqrt(squares / (double)length)};
}

int plot_write_pair(const struct plotted *plotted)
{
    const struct aligned_series *series = plotted->series;
    size_t a = plotted->best.a, b = plotted->best.b;
    struct moments of_a = moments_of(plotted, a), of_b = moments_of(plotted, b);
    FILE *file = open_file(plotted, "pair.dat", "w");
    if (!file) return -errno;
    for (size_t k = 0; k < series->length; k += step_of(series))
        fprintf(file, "%lld %.9g %.9g\n", moment(series, k),
                (value(plotted, a, k) - of_a.mean) / of_a.deviation,
                (value(plotted, b, k) - of_b.mean) / of_b.deviation);
    int status = close_file(file);
    if (status) return status;
    file = open_file(plotted, "words.gp", "a");
    if (!file) return -errno;
    fprintf(file, "has_pair = %d\npair_a = '", !isnan(plotted->best.r));
    put_name(file, plotted, a);
    fputs("'\npair_b = '", file);
    put_name(file, plotted, b);
    fprintf(
        file,
        "'\npair_title = 'The most correlated pair, ' . pair_a . ' and ' . pair_b "
        ". ', %s: r = %.6f'\n",
        plotted->column, plotted->best.r);
    return close_file(file);
}

static int write_matrix_words(const struct plotted *plotted, double least)
{
    size_t n = plotted->series->series_count;
    FILE *file = open_file(plotted, "words.gp", "a");
    if (!file) return -errno;
    fprintf(file, "matrix_title = 'Correlations of the %s of %zu series'\n",
            plotted->column, n);
    fprintf(file, "least_r = %.1f\nordered_names = '", floor(least * 10) / 10);
    for (size_t i = 0; i < n && n <= 40; i++) {
        put_name(file, plotted, plotted->order[i]);
        fputc(' ', file);
    }
    fputs("'\norder_label = 'series, ordered by hierarchical clustering (average "
          "linkage, distance 1 - r)'\n",
          file);
    return close_file(file);
}

int plot_write_matrix(const struct plotted *plotted)
{
    size_t n = plotted->series->series_count;
    int status = order_by_clustering(plotted->r, n, plotted->order);
    if (status) return status;
    FILE *file = open_file(plotted, "matrix.dat", "w");
    if (!file) return -errno;
    double least = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double r = plotted->r[plotted->order[i] * n + plotted->order[j]];
            least = fmin(least, r);
            fprintf(file, isnan(r) ? "NaN " : "%.4f ", r);
        }
        fputc('\n', file);
    }
    status = close_file(file);
    return status ? status : write_matrix_words(plotted, least);
}
