// The reader of timestamps.

#include <string.h>
#include <time.h>
#include "stocks/timestamp.h"
#include "unit.h"

static const struct {
    const char *text;
    int64_t ns;
} good[] = {
    {"1970-01-01", 0},
    {"1969-12-31 23:59:59", -1000000000},
    {"2013-07-01", 1372636800000000000},
    {"2013-07-01 09:30", 1372671000000000000},
    {"2013-07-01 09:30:00", 1372671000000000000},
    {"2013-07-01T09:30:00", 1372671000000000000},
    {"2013-07-01T09:30:00Z", 1372671000000000000},
    {"2013-07-01Z", 1372636800000000000},
    {"2013-07-01 09:30:00.5", 1372671000500000000},
    {"2013-07-01T09:30:00.123456789Z", 1372671000123456789},
    {"2000-02-29", 951782400000000000},
    {"1900-03-01", -2203891200000000000},
    {"1678-01-01", -9214560000000000000},
    {"2261-12-31 23:59:59", 9214646399000000000},
};

START_TEST(test_stock_timestamp_is_nanoseconds_since_1970)
{
    int64_t ns = 1;
    ck_assert_msg(timestamp_parse(good[_i].text, strlen(good[_i].text), &ns), "%s",
                  good[_i].text);
    ck_assert_int_eq(ns, good[_i].ns);
}
END_TEST

static const char *const bad[] = {
    "",
    "2013",
    "2013-7-1",
    "2013-07-1",
    "2013-00-01",
    "2013-13-01",
    "2013-07-00",
    "2013-07-32",
    "2013-02-29",
    "1900-02-29",
    "1677-12-31",
    "2262-01-01",
    "2013-07-01 ",
    "2013-07-01T",
    "2013-07-01 9:30:00",
    "2013-07-01 24:00:00",
    "2013-07-01 09:60:00",
    "2013-07-01 09:30:60",
    "2013-07-01 09:30:00.",
    "2013-07-01 09:30:00.1234567890",
    "2013-07-01 09:30:00ZZ",
    "2013-07-01 09:30:00 ",
    "2013-07-01 09:30:00+00:00",
    "2013-07-01 -9:30:00",
    "+013-07-01",
    "2013/07/01",
    "NaT",
};

START_TEST(test_stock_timestamp_is_nothing_else)
{
    int64_t ns = 17;
    ck_assert_msg(!timestamp_parse(bad[_i], strlen(bad[_i]), &ns), "%s", bad[_i]);
    ck_assert_int_eq(ns, 17);
}
END_TEST

// Every day of six centuries against the C library.
START_TEST(test_stock_timestamp_agrees_with_timegm_on_every_day)
{
    const int64_t day_s = 86400, first = -9214560000, last = 9214560000;
    for (int64_t at = first; at <= last; at += day_s) {
        char text[32];
        time_t seconds = at;
        struct tm date;
        int64_t ns = 0;
        gmtime_r(&seconds, &date);
        size_t length = strftime(text, sizeof text, "%Y-%m-%d", &date);
        ck_assert(timestamp_parse(text, length, &ns));
        ck_assert_int_eq(ns, at * 1000000000);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock_timestamp");
    TCase *tests = tcase_create("stock_timestamp");
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, test_stock_timestamp_is_nanoseconds_since_1970, 0,
                        sizeof good / sizeof good[0]);
    tcase_add_loop_test(tests, test_stock_timestamp_is_nothing_else, 0,
                        sizeof bad / sizeof bad[0]);
    tcase_add_test(tests, test_stock_timestamp_agrees_with_timegm_on_every_day);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
