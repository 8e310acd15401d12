// Series with different calendars as one matrix. By moment it is a merge of sorted
// lists: each series has a place, and all places go forward until they stand at the
// same moment.

#include "stocks/stock_series.h"
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static size_t shortest_length(const struct stock_series series[],
                              size_t series_count)
{
    size_t length = series[0].length;
    for (size_t i = 1; i < series_count; i++)
        if (series[i].length < length) length = series[i].length;
    return length;
}

// Room for at most max_length moments. A row of the matrix is that long until it is
// closed up.
static int reserve(struct aligned_series *aligned, size_t series_count,
                   size_t max_length)
{
    aligned->series_count = series_count;
    if (max_length > SIZE_MAX / sizeof(double) / series_count) return -ENOMEM;
    aligned->timestamps_ns = malloc(max_length * sizeof(int64_t) + 1);
    aligned->values = malloc(series_count * max_length * sizeof(double) + 1);
    if (aligned->timestamps_ns && aligned->values) return 0;
    aligned_series_close(aligned);
    return -ENOMEM;
}

// Moves the rows together where fewer moments than max_length were kept, and gives
// back the rest.
static void close_up(struct aligned_series *aligned, size_t max_length)
{
    size_t length = aligned->length, count = aligned->series_count;
    for (size_t i = 1; i < count; i++)
        memmove(aligned->values + i * length, aligned->values + i * max_length,
                length * sizeof(double));
    double *values = realloc(aligned->values, count * length * sizeof(double) + 1);
    if (values) aligned->values = values;
}

// Goes forward in every series until all stand at one moment; false when one has
// ended.
static bool next_common_moment(const struct stock_series series[],
                               size_t series_count, size_t places[], int64_t *moment)
{
    if (places[0] >= series[0].length) return false;
    *moment = series[0].timestamps_ns[places[0]];
    for (size_t i = 0, agreed = 0; agreed < series_count;
         i = (i + 1) % series_count) {
        const struct stock_series *one = &series[i];
        while (places[i] < one->length && one->timestamps_ns[places[i]] < *moment)
            places[i]++;
        if (places[i] == one->length) return false;
        agreed = one->timestamps_ns[places[i]] == *moment ? agreed + 1 : 1;
        *moment = one->timestamps_ns[places[i]];
    }
    return true;
}

// Takes each series' value at its place; keeps the moment if all are numbers.
static bool take_values(struct aligned_series *aligned, size_t max_length,
                        const struct stock_series series[], const size_t places[])
{
    for (size_t i = 0; i < aligned->series_count; i++) {
        double value = series[i].values[places[i]];
        if (!isfinite(value)) return false;
        aligned->values[i * max_length + aligned->length] = value;
    }
    return true;
}

int aligned_series_init(struct aligned_series *aligned,
                        const struct stock_series series[], size_t series_count)
{
    *aligned = (struct aligned_series){0};
    if (series_count == 0) return -EINVAL;
    size_t max_length = shortest_length(series, series_count);
    size_t *places = calloc(series_count, sizeof *places);
    int status = places ? reserve(aligned, series_count, max_length) : -ENOMEM;
    int64_t moment;
    while (status == 0 &&
           next_common_moment(series, series_count, places, &moment)) {
        if (take_values(aligned, max_length, series, places))
            aligned->timestamps_ns[aligned->length++] = moment;
        for (size_t i = 0; i < series_count; i++) places[i]++;
    }
    if (status == 0) close_up(aligned, max_length);
    free(places);
    return status;
}

int aligned_series_init_by_row(struct aligned_series *aligned,
                               const struct stock_series series[],
                               size_t series_count)
{
    *aligned = (struct aligned_series){0};
    if (series_count == 0) return -EINVAL;
    size_t max_length = shortest_length(series, series_count);
    size_t *places = calloc(series_count, sizeof *places);
    int status = places ? reserve(aligned, series_count, max_length) : -ENOMEM;
    for (size_t row = 0; status == 0 && row < max_length; row++) {
        for (size_t i = 0; i < series_count; i++) places[i] = row;
        aligned->length += take_values(aligned, max_length, series, places);
    }
    if (status == 0) {
        close_up(aligned, max_length);
        free(aligned->timestamps_ns); // a row has no one moment
        aligned->timestamps_ns = NULL;
    }
    free(places);
    return status;
}

void aligned_series_close(struct aligned_series *aligned)
{
    free(aligned->timestamps_ns);
    free(aligned->values);
    *aligned = (struct aligned_series){0};
}
