#include "7.3-correlations/judge_load_files.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stocks/stock_table.h"

static const int64_t DAY_NS = 86400000000000;
static const int64_t FIRST_DAY = 17897; // 2019-01-01

// Written in this order and handed over in another: names are no order.
const char *const load_file_names[LOAD_FILES] = {"WOOD", "IRON", "SALT", "CLAY"};

// Does file k have that day, and with a number? Each lacks some days and some values.
static bool has_day(int k, int day)
{
    return (day + 3 * k) % 7 != 0 && day >= k && day < LOAD_DAYS - 2 * k;
}

static bool has_value(int k, int day)
{
    return (day * 5 + k) % 11 != 0;
}

bool load_file_has(int k, int day)
{
    return has_day(k, day) && has_value(k, day);
}

int64_t load_file_moment_ns(int day)
{
    return (FIRST_DAY + day) * DAY_NS;
}

// Another one for each test: who knows this file must still load the others.
static double level;

double load_file_value(int k, int column, int day)
{
    return level + 10 * (k + 1) + 3 * column + 0.25 * ((day * day + k) % 13);
}

static int table_write(const char *folder, int k)
{
    char path[LOAD_PATH_SIZE];
    char *columns[] = {"open", "close"};
    int64_t timestamps_ns[LOAD_DAYS];
    double values[2][LOAD_DAYS];
    double *rows[] = {values[0], values[1]};
    struct stock_table table = {0, 2, columns, timestamps_ns, rows};
    for (int day = 0; day < LOAD_DAYS; day++) {
        if (!has_day(k, day)) continue;
        timestamps_ns[table.row_count] = load_file_moment_ns(day);
        for (int column = 0; column < 2; column++)
            values[column][table.row_count] =
                has_value(k, day) ? load_file_value(k, column, day) : NAN;
        table.row_count++;
    }
    snprintf(path, sizeof path, "%s/%s.h5", folder, load_file_names[k]);
    return stock_table_write_hdf5(&table, path, NULL, NULL);
}

int load_files_write(char folder[LOAD_FOLDER_SIZE])
{
    strcpy(folder, "/tmp/correlations-XXXXXX");
    if (!mkdtemp(folder)) return -errno;
    level = 0.25 * (rand() % 4000);
    int status = 0;
    for (int k = 0; k < LOAD_FILES && !status; k++) status = table_write(folder, k);
    char path[LOAD_PATH_SIZE];
    snprintf(path, sizeof path, "%s/broken.h5", folder);
    FILE *file = status ? NULL : fopen(path, "w");
    if (!file) return status ? status : -errno;
    for (int line = 0; line < 100; line++) fputs("this is no table\n", file);
    return fclose(file) ? -EIO : 0;
}

int load_file_of(const char *path)
{
    for (int k = 0; k < LOAD_FILES; k++)
        if (strstr(path, load_file_names[k])) return k;
    return -1;
}
