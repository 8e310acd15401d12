// The reader of JSON lines: what it takes. (What it refuses: test_stock_json_errors.c.)

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "stock_folder.h"
#include "stocks/stock_table.h"
#include "unit.h"

#define GOOD "{\"timestamp\": \"2013-07-01 09:30:00\", \"close\": 1.5}\n"
#define AT "{\"timestamp\": \"2013-07-02\", "

static const int64_t july_1_ns = 1372636800LL * 1000000000;
static const int64_t day_ns = 86400LL * 1000000000;

static struct stock_table *read_text(const char *text)
{
    struct stock_error error = {""};
    struct stock_table *table =
        stock_table_read_json(stock_folder_write_text("good.json", text), &error);
    ck_assert_msg(table != NULL, "%s", error.text);
    return table;
}

START_TEST(test_stock_json_takes_the_columns_of_the_first_line_in_order)
{
    struct stock_table *table = read_text(
        "{\"close\": 21.035, \"timestamp\": \"2013-07-01\", \"volume\": 7}\n");
    ck_assert_uint_eq(table->row_count, 1);
    ck_assert_uint_eq(table->column_count, 2);
    ck_assert_str_eq(table->column_names[0], "close");
    ck_assert_str_eq(table->column_names[1], "volume");
    ck_assert(table->timestamps_ns[0] == july_1_ns);
    ck_assert(table->columns[0][0] == 21.035 && table->columns[1][0] == 7);
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_takes_keys_in_any_order)
{
    struct stock_table *table =
        read_text("{\"timestamp\": \"2013-07-01\", \"close\": 1, \"open\": 2}\n"
                  "{\"open\": 4, \"close\": 3, \"timestamp\": \"2013-07-02\"}\n");
    ck_assert(table->timestamps_ns[1] == july_1_ns + day_ns);
    ck_assert(table->columns[0][1] == 3 && table->columns[1][1] == 4);
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_takes_null_and_missing_keys_as_nan)
{
    struct stock_table *table =
        read_text("{\"timestamp\": \"2013-07-01\", \"close\": null, \"open\": 2}\n"
                  "{\"timestamp\": \"2013-07-02\", \"close\": 3}\n");
    ck_assert(isnan(table->columns[0][0]) && table->columns[1][0] == 2);
    ck_assert(table->columns[0][1] == 3 && isnan(table->columns[1][1]));
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_keeps_every_digit_of_a_number)
{
    struct stock_table *table =
        read_text(AT "\"a\": 2739839.602, \"b\": 1e-320, \"c\": -0.1, \"d\": "
                     "9007199254740993}\n");
    ck_assert(table->columns[0][0] == 2739839.602);
    ck_assert(table->columns[1][0] == 1e-320);
    ck_assert(table->columns[2][0] == -0.1);
    ck_assert(table->columns[3][0] == 9007199254740992.0); // the nearest double
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_skips_empty_lines)
{
    struct stock_table *table = read_text("\n  \r\n" GOOD "\t\n\n");
    ck_assert_uint_eq(table->row_count, 1);
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_takes_lines_that_end_as_on_windows_or_not_at_all)
{
    struct stock_table *table = read_text(
        "{\"timestamp\": \"2013-07-01\"}\r\n{\"timestamp\": \"2013-07-02\"}");
    ck_assert_uint_eq(table->row_count, 2);
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_takes_an_empty_file_as_an_empty_table)
{
    struct stock_table *table = read_text("");
    ck_assert_uint_eq(table->row_count, 0);
    ck_assert_uint_eq(table->column_count, 0);
    stock_table_destroy(table);
}
END_TEST

START_TEST(test_stock_json_takes_escaped_quotes_in_a_key)
{
    struct stock_table *table = read_text(
        "{\"timestamp\": \"2013-07-01\", \"a\\\"b\": 1, \"\\u00e9\": 2}\n"
        "{\"timestamp\": \"2013-07-02\", \"a\\\"b\": 3, \"\xc3\xa9\": 4}\n");
    ck_assert_str_eq(table->column_names[0], "a\"b");
    ck_assert_str_eq(table->column_names[1], "\xc3\xa9");
    ck_assert(table->columns[0][1] == 3 && table->columns[1][1] == 4);
    stock_table_destroy(table);
}
END_TEST

// One line that is longer than the block that the reader begins with.
START_TEST(test_stock_json_takes_a_line_of_any_length)
{
    enum { SPACES = 3 * 1024 * 1024 };
    char *text = malloc(SPACES + 200);
    ck_assert_ptr_nonnull(text);
    int used = sprintf(text, GOOD "{\"timestamp\": \"2013-07-02\",");
    memset(text + used, ' ', SPACES);
    strcpy(text + used + SPACES, "\"close\": 2}\n{\"timestamp\": \"2013-07-03\"}\n");
    struct stock_table *table = read_text(text);
    ck_assert_uint_eq(table->row_count, 3);
    ck_assert(table->columns[0][1] == 2 && isnan(table->columns[0][2]));
    stock_table_destroy(table);
    free(text);
}
END_TEST

// So many rows that every array grows and many lines are cut by the end of a block.
START_TEST(test_stock_json_takes_many_rows)
{
    enum { ROWS = 20000 };
    FILE *file = fopen(stock_folder_path("many.json"), "w");
    for (int i = 0; i < ROWS; i++)
        fprintf(file, "{\"timestamp\": \"%04d-%02d-%02d\", \"close\": %d.25}\n",
                1700 + i / 336, i / 28 % 12 + 1, i % 28 + 1, i);
    ck_assert_int_eq(fclose(file), 0);
    struct stock_table *table =
        stock_table_read_json(stock_folder_path("many.json"), NULL);
    ck_assert_ptr_nonnull(table);
    ck_assert_uint_eq(table->row_count, ROWS);
    for (int i = 0; i < ROWS; i++) ck_assert(table->columns[0][i] == i + 0.25);
    stock_table_destroy(table);
}
END_TEST

static void *write_to_pipe(void *path)
{
    FILE *file = fopen(path, "w");
    for (int i = 1; i <= 28; i++)
        fprintf(file, "{\"timestamp\": \"2013-02-%02d\", \"close\": %d}\n", i, i);
    fclose(file);
    return NULL;
}

START_TEST(test_stock_json_reads_a_pipe)
{
    char path[256];
    pthread_t writer;
    snprintf(path, sizeof path, "%s", stock_folder_path("pipe.json"));
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(pthread_create(&writer, NULL, write_to_pipe, path), 0);
    struct stock_table *table = stock_table_read_json(path, NULL);
    pthread_join(writer, NULL);
    ck_assert_ptr_nonnull(table);
    ck_assert_uint_eq(table->row_count, 28);
    stock_table_destroy(table);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_json");
    TCase *tests = tcase_create("stock_json");
    tcase_add_checked_fixture(tests, stock_folder_create, stock_folder_remove);
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests,
                   test_stock_json_takes_the_columns_of_the_first_line_in_order);
    tcase_add_test(tests, test_stock_json_takes_keys_in_any_order);
    tcase_add_test(tests, test_stock_json_takes_null_and_missing_keys_as_nan);
    tcase_add_test(tests, test_stock_json_keeps_every_digit_of_a_number);
    tcase_add_test(tests, test_stock_json_skips_empty_lines);
    tcase_add_test(tests,
                   test_stock_json_takes_lines_that_end_as_on_windows_or_not_at_all);
    tcase_add_test(tests, test_stock_json_takes_an_empty_file_as_an_empty_table);
    tcase_add_test(tests, test_stock_json_takes_escaped_quotes_in_a_key);
    tcase_add_test(tests, test_stock_json_takes_a_line_of_any_length);
    tcase_add_test(tests, test_stock_json_takes_many_rows);
    tcase_add_test(tests, test_stock_json_reads_a_pipe);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
