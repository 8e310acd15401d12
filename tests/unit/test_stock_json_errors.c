// The reader of JSON lines: what it says of each kind of bad input.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "stock_folder.h"
#include "stocks/stock_table.h"
#include "stocks/stock_table_json.h"
#include "unit.h"

#define GOOD "{\"timestamp\": \"2013-07-01 09:30:00\", \"close\": 1.5}\n"
#define AT "{\"timestamp\": \"2013-07-02\", "

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
    Suite *suite = suite_create("stock_json_errors");
    TCase *tests = tcase_create("stock_json_errors");
    tcase_add_checked_fixture(tests, stock_folder_create, stock_folder_remove);
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, test_stock_json_says_what_is_wrong_and_where, 0,
                        sizeof bad_files / sizeof bad_files[0]);
    tcase_add_loop_test(tests,
                        test_stock_json_that_is_bad_leaves_the_old_hdf5_file_alone,
                        0, sizeof bad_files / sizeof bad_files[0]);
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
