// Reading a timestamp digit by digit: it happens once a line, where strptime and
// timegm together would cost a third of what parsing the line as JSON does.

#include "stocks/timestamp.h"

static const int64_t ns_per_second = 1000000000;

// The next `digits` decimal digits of the text, or -1; moves *text past them.
static int take_number(const char **text, const char *end, int digits)
{
    int number = 0;
    if (end - *text < digits) return -1;
    for (int i = 0; i < digits; i++) {
        unsigned digit = (unsigned char)(*text)[i] - (unsigned)'0';
        if (digit > 9) return -1;
        number = number * 10 + (int)digit;
    }
    *text += digits;
    return number;
}

static bool take_character(const char **text, const char *end, char wanted)
{
    if (*text == end || **text != wanted) return false;
    ++*text;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

// Days from 1970-01-01. A year is counted from March, so that the leap day is its
// last: then month m (0 is March) begins on day (153 m + 2) / 5.
static int64_t days_since_1970(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t m = month > 2 ? month - 3 : month + 9;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 -
           719468;
}

static bool take_date(const char **text, const char *end, int64_t *days)
{
    int year = take_number(text, end, 4);
    if (year < 1678 || year > 2261 || !take_character(text, end, '-')) return false;
    int month = take_number(text, end, 2);
    if (month < 1 || month > 12 || !take_character(text, end, '-')) return false;
    int day = take_number(text, end, 2);
    if (day < 1 || day > days_in_month(year, month)) return false;
    *days = days_since_1970(year, month, day);
    return true;
}

// Digits after the point, as nanoseconds.
static bool take_fraction(const char **text, const char *end, int64_t *ns)
{
    int64_t unit = ns_per_second / 10;
    const char *begin = *text;
    for (*ns = 0; *text < end && **text >= '0' && **text <= '9'; ++*text, unit /= 10)
        *ns += (**text - '0') * unit;
    return *text > begin && *text - begin <= 9;
}

static bool take_time(const char **text, const char *end, int64_t *ns)
{
    int second = 0;
    int64_t fraction = 0;
    int hour = take_number(text, end, 2);
    if (hour < 0 || hour > 23 || !take_character(text, end, ':')) return false;
    int minute = take_number(text, end, 2);
    if (minute < 0 || minute > 59) return false;
    if (take_character(text, end, ':')) {
        second = take_number(text, end, 2);
        if (second < 0 || second > 59) return false;
        if (take_character(text, end, '.') && !take_fraction(text, end, &fraction))
            return false;
    }
    *ns = ((hour * 60 + minute) * 60 + second) * ns_per_second + fraction;
    return true;
}

bool timestamp_parse(const char *text, size_t length, int64_t *ns)
{
    const char *end = text + length;
    int64_t days, time_ns = 0;
    if (!take_date(&text, end, &days)) return false;
    if (take_character(&text, end, ' ') || take_character(&text, end, 'T'))
        if (!take_time(&text, end, &time_ns)) return false;
    take_character(&text, end, 'Z');
    if (text != end) return false;
    *ns = days * 86400 * ns_per_second + time_ns;
    return true;
}
