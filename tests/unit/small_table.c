#include "small_table.h"
#include <check.h>
#include <math.h>
#include <string.h>
#include "stock_folder.h"
#include "stocks/stock_series.h"

static int64_t moments[] = {1372636800000000000, 1372636800000000001,
                            1372723200000000000};
static double close_column[] = {21.035, NAN, -0.1};
static double volume_column[] = {2739839.602, 1e-320, 1e300};
struct stock_table small_table = {
    .row_count = 3,
    .column_count = 2,
    .column_names = (char *[]){"close", "volume"},
    .timestamps_ns = moments,
    .columns = (double *[]){close_column, volume_column},
};

void small_table_check_column(const char *path, const char *name, size_t column)
{
    const double *values = small_table.columns[column];
    struct stock_series series;
    struct stock_error error = {""};
    int status = stock_series_read_hdf5(path, name, &series, &error);
    ck_assert_msg(status == 0, "%s", error.text);
    ck_assert_uint_eq(series.length, small_table.row_count);
    ck_assert_int_eq(memcmp(series.timestamps_ns, moments, sizeof moments), 0);
    for (size_t i = 0; i < series.length; i++)
        ck_assert(series.values[i] == values[i] ||
                  (isnan(series.values[i]) && isnan(values[i])));
    stock_series_close(&series);
    stock_folder_check_no_ids();
}

void small_table_check(const char *path)
{
    small_table_check_column(path, "close", 0);
    small_table_check_column(path, "volume", 1);
}
