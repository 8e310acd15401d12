// The stocks' functions for scripts that compare with pandas:
//     stock_tool convert FILE.json FILE.h5 LEVEL      stock table in, HDF5 out
//     stock_tool column FILE.h5 COLUMN                one series on standard output
//     stock_tool align COLUMN FILE.h5...              several, aligned by their moments
// Numbers are written as they are in memory: lengths, timestamps (int64), values (double).
// A failure is its sentence on standard error, and its errno as the exit status.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stocks/stock_series.h"

static struct stock_error error;

static int convert(const char *json_path, const char *hdf5_path, const char *level)
{
    struct stock_options options = {.deflate_level = atoi(level)};
    struct stock_table *table = stock_table_read_json(json_path, &error);
    int status =
        table ? stock_table_write_hdf5(table, hdf5_path, &options, &error) : -errno;
    stock_table_destroy(table);
    return status;
}

static void put(const void *numbers, size_t count)
{
    fwrite(numbers, sizeof(double), count, stdout);
}

static int print_column(const char *path, const char *column)
{
    struct stock_series series;
    int status = stock_series_read_hdf5(path, column, &series, &error);
    if (status < 0) return status;
    put(&(int64_t){(int64_t)series.length}, 1);
    put(series.timestamps_ns, series.length);
    put(series.values, series.length);
    stock_series_close(&series);
    return 0;
}

static int print_aligned(const char *column, char *const paths[], size_t count)
{
    struct stock_series *series = calloc(count, sizeof *series);
    struct aligned_series aligned = {0};
    int status = series ? 0 : -ENOMEM;
    for (size_t i = 0; i < count && status == 0; i++)
        status = stock_series_read_hdf5(paths[i], column, &series[i], &error);
    if (status == 0) status = aligned_series_init(&aligned, series, count);
    if (status == 0) {
        put(&(int64_t){(int64_t)aligned.length}, 1);
        put(aligned.timestamps_ns, aligned.length);
        put(aligned.values, count * aligned.length);
    }
    for (size_t i = 0; i < count && series; i++) stock_series_close(&series[i]);
    aligned_series_close(&aligned);
    free(series);
    return status;
}

int main(int argc, char *argv[])
{
    int status = -EINVAL;
    if (argc == 5 && strcmp(argv[1], "convert") == 0)
        status = convert(argv[2], argv[3], argv[4]);
    else if (argc == 4 && strcmp(argv[1], "column") == 0)
        status = print_column(argv[2], argv[3]);
    else if (argc > 3 && strcmp(argv[1], "align") == 0)
        status = print_aligned(argv[2], argv + 3, (size_t)argc - 3);
    fputs(error.text, stderr);
    return -status;
}
