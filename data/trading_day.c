// Trading days, found by walking the calendar day by day from a Monday that is
// known.

#include "trading_day.h"
#include <stdbool.h>

enum { MONDAY = 0, THURSDAY = 3, SATURDAY = 5 };

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && is_leap);
}

static struct trading_day day_after(struct trading_day day)
{
    day.weekday = (day.weekday + 1) % 7;
    day.day++;
    if (day.day > days_in_month(day.year, day.month)) {
        day.day = 1;
        day.month++;
    }
    if (day.month > 12) {
        day.month = 1;
        day.year++;
    }
    return day;
}

// Is it the n-th such weekday of its month?
static bool is_nth(struct trading_day day, int n, int weekday)
{
    return day.weekday == weekday && (day.day - 1) / 7 == n - 1;
}

// Is it a holiday of fixed date, also where that falls on a weekend and moves to a
// weekday?
static bool is_observed(struct trading_day day, int month, int date)
{
    return day.month == month &&
           (day.day == date || (day.day == date + 1 && day.weekday == MONDAY) ||
            (day.day == date - 1 && day.weekday == SATURDAY - 1));
}

static bool is_holiday(struct trading_day day)
{
    switch (day.month) {
    case 1: // New Year's Day; Martin Luther King Day
        return is_observed(day, 1, 1) || is_nth(day, 3, MONDAY);
    case 2: // Washington's Birthday
        return is_nth(day, 3, MONDAY);
    case 5: // Memorial Day, the last Monday
        return day.weekday == MONDAY && day.day > 31 - 7;
    case 7: // Independence Day
        return is_observed(day, 7, 4);
    case 9: // Labor Day
        return is_nth(day, 1, MONDAY);
    case 11: // Thanksgiving
        return is_nth(day, 4, THURSDAY);
    case 12: // Christmas
        return is_observed(day, 12, 25);
    default:
        return false;
    }
}

struct trading_day trading_day_first(void)
{
    return (struct trading_day){
        .year = 2013, .month = 7, .day = 1, .weekday = MONDAY};
}

struct trading_day trading_day_next(struct trading_day day)
{
    do {
        day = day_after(day);
    } while (day.weekday >= SATURDAY || is_holiday(day));
    return day;
}
