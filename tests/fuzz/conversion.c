// JSON lines of anybody, converted to HDF5 and read again: keys become names of fields, texts of
// attributes and pandas' pickles, and every column must come back as it was.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "fuzz/shared/scratch.h"
#include "stocks/stock_series.h"
#include "stocks/stock_table.h"
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 8 }; // are read again, of those that there are

static bool is_same(const double a[], const double b[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i] && (a[i] == a[i] || b[i] == b[i])) return false;
    return true;
}

static void column_check(const struct stock_table *table, size_t column,
                         const char *path)
{
    struct stock_series series;
    struct stock_error error = {""};
    size_t rows = table->row_count;
    int status =
        stock_series_read_hdf5(path, table->column_names[column], &series, &error);
    if (status) fprintf(stderr, "%s\n", error.text);
    claim(status == 0, "what was written can be read");
    claim(series.length == rows, "all rows come back");
    claim(is_same(series.values, table->columns[column], rows), "numbers come back");
    claim(!rows || !memcmp(series.timestamps_ns, table->timestamps_ns, 8 * rows),
          "timestamps come back");
    stock_series_close(&series);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    char path[4200];
    struct stock_error error = {""};
    struct stock_options options = {.deflate_level = (int)(size % 3)};
    struct stock_table *table = stock_table_read_json(input_file(bytes, size), NULL);
    if (!table) return;
    snprintf(path, sizeof path, "%s/table.h5", scratch_folder());
    int status = stock_table_write_hdf5(table, path, &options, &error);
    for (size_t i = 0; !status && i < table->column_count && i < COLUMNS; i++)
        column_check(table, i, path);
    if (status) claim_printable(error.text);
    stock_table_destroy(table);
}
