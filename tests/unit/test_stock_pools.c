// Conversions on eight workers, threads and processes: every value of every file is looked
// at afterwards. STOCK_ROUNDS=100 runs as many rounds of 30 files; three are the default.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "futures/futures.h"
#include "stock_folder.h"
#include "stocks/stock_series.h"
#include "unit.h"

enum { FILES = 30, ROWS = 400, COLUMNS = 4, WORKERS = 8, BAD_FILE = 17 };

static const enum executor_kind kinds[] = {EXECUTOR_THREADS, EXECUTOR_PROCESSES};
static char json_paths[FILES][128], hdf5_paths[FILES][128];

static int round_count(void)
{
    const char *wanted = getenv("STOCK_ROUNDS");
    return wanted ? atoi(wanted) : 3;
}

static double value_of(int file, int column, int row)
{
    return file * 1000 + column * 100 + row + 0.125 * ((row * 7 + file) % 8);
}

static void write_rows(int number)
{
    static const char *const names[COLUMNS] = {"close", "high", "low", "open"};
    FILE *file = fopen(json_paths[number], "w");
    for (int row = 0; row < ROWS + number; row++) {
        fprintf(file, "{\"timestamp\": \"%04d-%02d-%02d\"", 1990 + row / 336,
                row / 28 % 12 + 1, row % 28 + 1);
        for (int i = 0; i < COLUMNS; i++)
            fprintf(file, ", \"%s\": %.3f", names[i], value_of(number, i, row));
        fputs("}\n", file);
    }
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void)
{
    stock_folder_create();
    for (int i = 0; i < FILES; i++) {
        char name[32];
        sprintf(name, "S%d.json", i);
        strcpy(json_paths[i], stock_folder_path(name));
        sprintf(name, "S%d.h5", i);
        strcpy(hdf5_paths[i], stock_folder_path(name));
        write_rows(i);
    }
}

// Some plain and some compressed, so that both run beside each other.
static int convert(const void *args, void *result)
{
    int number = *(const int *)args;
    struct stock_options options = {.deflate_level = number % 3 == 0};
    struct stock_table *table = stock_table_read_json(json_paths[number], NULL);
    if (!table) return -errno;
    int status = stock_table_write_hdf5(table, hdf5_paths[number], &options, NULL);
    stock_table_destroy(table);
    return status;
}

// All of them write the same file, and read it.
static int convert_the_same(const void *args, void *result)
{
    struct stock_series series;
    int status = convert(&(int){0}, NULL);
    if (status == 0)
        status = stock_series_read_hdf5(hdf5_paths[0], "open", &series, NULL);
    if (status) return status;
    bool is_whole = series.length == ROWS && series.values[1] == value_of(0, 3, 1);
    stock_series_close(&series);
    return is_whole ? 0 : -EIO;
}

static int read_back(const void *args, void *result)
{
    static const char *const names[COLUMNS] = {"close", "high", "low", "open"};
    int number = *(const int *)args, wrong = 0;
    for (int i = 0; i < COLUMNS; i++) {
        struct stock_series series;
        int status =
            stock_series_read_hdf5(hdf5_paths[number], names[i], &series, NULL);
        if (status < 0) return status;
        wrong += series.length != (size_t)ROWS + (size_t)number;
        for (int row = 0; row < (int)series.length; row++)
            wrong += series.values[row] != value_of(number, i, row);
        stock_series_close(&series);
    }
    return wrong > 0 ? -EIO : 0;
}

static void run(enum executor_kind kind, task_fn *task, int errors[FILES])
{
    int numbers[FILES];
    for (int i = 0; i < FILES; i++) numbers[i] = i;
    struct pool_options pool = {.workers = WORKERS};
    struct map_options map = {.keep_going = true};
    struct executor *executor = executor_create(kind, &pool);
    ck_assert_ptr_nonnull(executor);
    executor_map(executor, task, numbers, sizeof numbers[0], NULL, 0, FILES, errors,
                 &map);
    executor_destroy(executor);
}

static void check_all(enum executor_kind kind, task_fn *task)
{
    int errors[FILES];
    run(kind, task, errors);
    for (int i = 0; i < FILES; i++)
        ck_assert_msg(errors[i] == 0, "file %d: %s", i, strerror(-errors[i]));
}

START_TEST(test_stock_pools_convert_every_value)
{
    for (int round = round_count(); round > 0; round--) {
        for (int i = 0; i < FILES; i++) remove(hdf5_paths[i]);
        check_all(kinds[_i], convert);
        check_all(EXECUTOR_THREADS, read_back);
        ck_assert_uint_eq(stock_folder_count(), 2 * FILES);
    }
    stock_folder_check_no_ids();
}
END_TEST

START_TEST(test_stock_pools_read_every_value)
{
    check_all(kinds[_i], convert);
    for (int round = round_count(); round > 0; round--)
        check_all(kinds[_i], read_back);
}
END_TEST

START_TEST(test_stock_pools_write_one_file_at_the_same_time)
{
    check_all(kinds[_i], convert_the_same);
    ck_assert_int_eq(read_back(&(int){0}, NULL), 0);
    ck_assert_uint_eq(stock_folder_count(), FILES + 1);
}
END_TEST

START_TEST(test_stock_pools_convert_the_others_of_a_bad_file)
{
    int errors[FILES];
    char name[32];
    sprintf(name, "S%d.json", BAD_FILE);
    stock_folder_write_text(name, "{\"timestamp\": \n");
    run(kinds[_i], convert, errors);
    for (int i = 0; i < FILES; i++)
        ck_assert_int_eq(errors[i], i == BAD_FILE ? -EINVAL : 0);
    ck_assert_uint_eq(stock_folder_count(), 2 * FILES - 1);
    stock_folder_check_no_ids();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_pools");
    TCase *tests = tcase_create("stock_pools");
    tcase_add_checked_fixture(tests, setup, stock_folder_remove);
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, test_stock_pools_convert_every_value, 0, 2);
    tcase_add_loop_test(tests, test_stock_pools_read_every_value, 0, 2);
    tcase_add_loop_test(tests, test_stock_pools_write_one_file_at_the_same_time, 0,
                        2);
    tcase_add_loop_test(tests, test_stock_pools_convert_the_others_of_a_bad_file, 0,
                        2);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
