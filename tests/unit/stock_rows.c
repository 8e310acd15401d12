// Reads generated lines by writing each once more: only the same letters will do.

#include "stock_rows.h"
#include "unit.h"
#include <stdio.h>
#include <time.h>

// Reads a line, which has these keys in this order, these blanks and digits, and
// nothing else.
static struct stock_row row_of(const char *line, bool has_volume)
{
    struct stock_row row = {0};
    int hour, minute, second;
    char volume[64] = "", expected[256];
    int count = sscanf(line,
                       "{\"timestamp\": \"%d-%d-%d %d:%d:%d\", \"close\": %lf, "
                       "\"high\": %lf, \"low\": %lf, \"open\": %lf, \"volume\": %lf",
                       &row.year, &row.month, &row.day, &hour, &minute, &second,
                       &row.close, &row.high, &row.low, &row.open, &row.volume);
    ck_assert_int_eq(count, has_volume ? 11 : 10);
    if (has_volume)
        snprintf(volume, sizeof volume, ", \"volume\": %.3f", row.volume);
    snprintf(expected, sizeof expected,
             "{\"timestamp\": \"%04d-%02d-%02d %02d:%02d:00\", \"close\": %.4f, "
             "\"high\": %.4f, \"low\": %.4f, \"open\": %.4f%s}\n",
             row.year, row.month, row.day, hour, minute, row.close, row.high,
             row.low, row.open, volume);
    ck_assert_str_eq(line, expected);
    row.minute = hour * 60 + minute;
    return row;
}

size_t stock_rows_read(const char *path, bool has_volume, struct stock_row rows[])
{
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    char line[256];
    size_t count = 0;
    while (fgets(line, sizeof line, file)) {
        ck_assert_uint_lt(count, MOST_ROWS);
        rows[count++] = row_of(line, has_volume);
    }
    fclose(file);
    return count;
}

// 0: Sunday.
static int weekday_of(const struct stock_row *row)
{
    struct tm time = {.tm_year = row->year - 1900,
                      .tm_mon = row->month - 1,
                      .tm_mday = row->day,
                      .tm_hour = 12};
    timegm(&time);
    ck_assert_int_eq(time.tm_mday, row->day); // else there is no such day
    return time.tm_wday;
}

// A number that grows with the moment of a row.
static long moment_of(const struct stock_row *row)
{
    return ((row->year * 12L + row->month) * 31 + row->day) * 1440 + row->minute;
}

void stock_rows_assert_consistent(const struct stock_row rows[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct stock_row *row = &rows[i];
        int weekday = weekday_of(row);
        ck_assert(weekday >= 1 && weekday <= 5);
        ck_assert(row->low > 0 && row->low <= row->open && row->low <= row->close);
        ck_assert(row->high >= row->open && row->high >= row->close);
        if (i > 0) ck_assert_int_lt(moment_of(row - 1), moment_of(row));
    }
}
