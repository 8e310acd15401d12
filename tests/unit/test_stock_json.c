// The reader of JSON lines: what it takes, and what it says of each kind of bad input.

#include <errno.h>
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
#include "stocks/stock_table_json.h"
#include "unit.h"

#define GOOD "{\"timestamp\": \"2013-07-01 09:30:00\", \"close\": 1.5}\n"
#define AT "{\"timestamp\": \"2013-07-02\", "

static const int64_t july_1_ns = 1372636800LL * 1000000000;
static const int64_t day_ns = 86400LL * 1000000000;

// A file and the sentence it must give, after its path.
static const struct bad_file {
    const char *text;
    const char *sentence;
} bad_files[] = {
    {"nonsense\n", ":1:8: not JSON: '[' or '{' expected near 'nonsense'"},
    {"{'a': 1}\n", ":1:2: not JSON: string or '}' expected near '''"},
    {AT "\"close\": 1,}\n", ":1:40: not JSON: string or '}' expected near '}'"},
    {AT "\"close\": 01}\n", ":1:38: not JSON: invalid token near '0'"},
    {GOOD GOOD "x\n", ":2:2: \"timestamp\" is the same as in the line before"},
    {"{\"timestamp\": \"2013-07-01\"} x\n",
     ":1:29: not JSON: end of file expected near 'x'"},
    {AT "\"close\"\n",
     ":1:35: the line is cut short: ':' expected near end of file"},
    {AT "\"close\": 1.\n", ":1:39: the line is cut short: invalid token near '1.'"},
    {AT "\"close\": 1.5\n",
     ":1:40: the line is cut short: '}' expected near end of file"},
    {GOOD "{\"timestamp\": \"2013-07-0",
     ":2:24: the line is cut short: premature end of input near '\"2013-07-0'"},
    {"[1, 2]\n", ":1:1: the line is an array, not an object"},
    {"17\n", ":1:1: the line is a number, not an object"},
    {GOOD "\"text\"\n", ":2:1: the line is text, not an object"},
    {"null\n", ":1:1: the line is null, not an object"},
    {AT "\"close\": {\"a\": 1}}\n",
     ":1:29: \"close\" is an object where a number must be"},
    {AT "\"close\": true}\n", ":1:29: \"close\" is true where a number must be"},
    {AT "\"symbol\": \"AAPL\", \"close\": 1}\n",
     ":1:29: \"symbol\" is text where a number must be"},
    {GOOD AT "\"close\": \"1.5\"}\n",
     ":2:29: the type of \"close\" changed: it is text"},
    {GOOD AT "\"close\": [1.5]}\n",
     ":2:29: the type of \"close\" changed: it is an array"},
    {GOOD "{\"close\": 1, \"timestamp\": 17}\n",
     ":2:14: \"timestamp\" is a number where text must be"},
    {"{\"timestamp\": null}\n", ":1:2: \"timestamp\" is null where text must be"},
    {"{\"close\": 1}\n", ":1:1: the line has no \"timestamp\""},
    {GOOD "{\"close\": 1}\n", ":2:1: the line has no \"timestamp\""},
    {GOOD "{}\n", ":2:1: the line has no \"timestamp\""},
    {AT "\"\\u001b[2J\\n\\u009b\": \"x\"}\n",
     ":1:1: \"?[2J???\" is text where a number must be"},
    {AT "\"close\": 1e999}\n",
     ":1:42: number out of range: real number overflow near '1e999'"},
    {AT "\"close\": -1e999}\n",
     ":1:43: number out of range: real number overflow near '-1e999'"},
    {AT "\"close\": 123456789012345678901}\n",
     ":1:58: number out of range: too big integer"},
    {AT "\"close\": NaN}\n",
     ":1:40: NaN is no number in JSON; null is a missing value"},
    {AT "\"close\": Infinity}\n",
     ":1:45: Infinity is no number in JSON; null is a missing value"},
    {AT "\"close\": -Infinity}\n",
     ":1:38: -Infinity is no number in JSON; null is a missing value"},
    {GOOD "{\"timestamp\": \"2013-06-30\", \"close\": 1}\n",
     ":2:2: \"timestamp\" is earlier than in the line before"},
    {"\xef\xbb\xbf" GOOD, ":1:1: the line begins with a byte-order mark (UTF-8)"},
    {"\xff\xfe{", ":1:1: the line begins with a byte-order mark (UTF-16)"},
    {AT "\"cl\xffse\": 1}\n",
     ":1:31: invalid UTF-8: unable to decode byte 0xff near '\"cl'"},
    {GOOD AT "\"close\": 1, \"volume\": 1}\n",
     ":2:41: unknown key \"volume\": the first line has none"},
    {AT "\"close\": 1, \"close\": 2}\n",
     ":1:47: a key stands twice: duplicate object key near '\"close\"'"},
    {"{\"timestamp\": \"2013-02-29\"}\n",
     ":1:2: \"timestamp\" is no date and time: \"2013-02-29\""},
    {"{\"timestamp\": \"2013-07-01 09:30:00+02:00\"}\n",
     ":1:2: \"timestamp\" is no date and time: \"2013-07-01 09:30:00+02:00\""},
    {"{\"timestamp\": \"\"}\n", ":1:2: \"timestamp\" is no date and time: \"\""},
    {AT "\"\": 1}\n", ":1:29: the key \"\" is empty"},
    {AT "\"a\\u0000b\": 1}\n",
     ":1:38: not JSON: NUL byte in object key not supported near '\"a\\u0000b\"'"},
};

START_TEST(test_stock_json_says_what_is_wrong_and_where)
{
    const struct bad_file *bad = &bad_files[_i];
    const char *path = stock_folder_write_text("bad.json", bad->text);
    struct stock_error error;
    errno = 0;
    ck_assert_ptr_null(stock_table_read_json(path, &error));
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_int_eq(strncmp(error.text, path, strlen(path)), 0);
    ck_assert_str_eq(error.text + strlen(path), bad->sentence);
    ck_assert_ptr_null(stock_table_read_json(path, NULL)); // nobody asks why
}
END_TEST

// As an exercise converts: what cannot be read is not written.
START_TEST(test_stock_json_that_is_bad_leaves_the_old_hdf5_file_alone)
{
    const char *path = stock_folder_write_text("bad.json", bad_files[_i].text);
    const char *old_path = stock_folder_write_text("bad.h5", "old");
    size_t size;
    struct stock_table *table = stock_table_read_json(path, NULL);
    if (table) stock_table_write_hdf5(table, old_path, NULL, NULL);
    char *bytes = stock_folder_read("bad.h5", &size);
    ck_assert_str_eq(bytes, "old");
    ck_assert_uint_eq(stock_folder_count(), 2);
    stock_folder_check_no_ids();
    free(bytes);
}
END_TEST

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

static void check_refusal(const char *path, size_t limit_bytes, int status,
                          const char *sentence)
{
    struct stock_error error;
    errno = 0;
    ck_assert_ptr_null(stock_table_read_json_within(path, limit_bytes, &error));
    ck_assert_int_eq(errno, status);
    ck_assert_str_eq(error.text + strlen(path), sentence);
}

START_TEST(test_stock_json_says_that_there_is_no_file)
{
    check_refusal(stock_folder_path("none.json"), 0, ENOENT,
                  ": No such file or directory");
}
END_TEST

START_TEST(test_stock_json_says_that_it_is_a_folder)
{
    check_refusal("/tmp", 0, EISDIR, ": Is a directory");
}
END_TEST

START_TEST(test_stock_json_shows_the_end_of_a_long_path_and_the_reason)
{
    char path[1000];
    struct stock_error error;
    memset(path, 'x', sizeof path);
    strcpy(path + sizeof path - 10, "/end.json");
    for (size_t i = 100; i < 900; i += 100) path[i] = '/';
    ck_assert_ptr_null(stock_table_read_json(path, &error));
    const char *end = "x/end.json: No such file or directory";
    ck_assert_str_eq(error.text + strlen(error.text) - strlen(end), end);
}
END_TEST

START_TEST(test_stock_json_refuses_a_table_that_memory_does_not_allow)
{
    char text[100 * 60] = "", *at = text;
    for (int i = 0; i < 90; i++)
        at +=
            sprintf(at, "{\"timestamp\": \"19%02d-07-01\", \"close\": 1}\n", 10 + i);
    check_refusal(stock_folder_write_text("large.json", text), 1000, EFBIG,
                  ":1:1: the table is larger than memory allows");
}
END_TEST

START_TEST(test_stock_json_refuses_a_line_that_memory_does_not_allow)
{
    check_refusal("/dev/zero", 1024 * 1024, EFBIG,
                  ":1:1: the line is larger than memory allows");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_json");
    TCase *tests = tcase_create("stock_json");
    tcase_add_checked_fixture(tests, stock_folder_create, stock_folder_remove);
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, test_stock_json_says_what_is_wrong_and_where, 0,
                        sizeof bad_files / sizeof bad_files[0]);
    tcase_add_loop_test(tests,
                        test_stock_json_that_is_bad_leaves_the_old_hdf5_file_alone,
                        0, sizeof bad_files / sizeof bad_files[0]);
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
    tcase_add_test(tests, test_stock_json_says_that_there_is_no_file);
    tcase_add_test(tests, test_stock_json_says_that_it_is_a_folder);
    tcase_add_test(tests,
                   test_stock_json_shows_the_end_of_a_long_path_and_the_reason);
    tcase_add_test(tests,
                   test_stock_json_refuses_a_table_that_memory_does_not_allow);
    tcase_add_test(tests, test_stock_json_refuses_a_line_that_memory_does_not_allow);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
