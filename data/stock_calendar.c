// Which days a stock has. Halted days are drawn so that exactly as many come as were
// planned: each day with the chance of those left among the days left.

#include "stock_calendar.h"

// The shortest and the longest file of a real set of 29 stocks.
enum { FEWEST_ROWS = 1870, MOST_ROWS = 3926, MOST_HALTS = 15 };

// Streams of their own, far from those of the market's stocks.
static const uint64_t FIRST_STREAM = (uint64_t)1 << 32;

struct stock_calendar stock_calendar_full(size_t day_count)
{
    return (struct stock_calendar){.day_count = day_count};
}

struct stock_calendar stock_calendar_uneven(uint64_t seed, size_t number,
                                            size_t day_count)
{
    struct stock_calendar calendar = stock_calendar_full(day_count);
    if (number == 0) return calendar;
    calendar.stream = random_stream_start(seed, FIRST_STREAM + number);

    size_t fewest = day_count * FEWEST_ROWS / MOST_ROWS;
    size_t rows = number == 1 ? fewest
                              : (size_t)random_stream_between(&calendar.stream,
                                                              (int64_t)fewest,
                                                              (int64_t)day_count);
    size_t missing = day_count - rows;
    size_t most_halts = missing < MOST_HALTS ? missing : MOST_HALTS;
    calendar.halt_count =
        (size_t)random_stream_between(&calendar.stream, 0, (int64_t)most_halts);
    missing -= calendar.halt_count;

    // Most are listed late; one in three ends early, too.
    size_t early = 0;
    if (random_stream_between(&calendar.stream, 1, 3) == 1)
        early = (size_t)random_stream_between(&calendar.stream, 0,
                                              (int64_t)(missing / 4));
    calendar.first_day = missing - early;
    calendar.day_count = day_count - missing;
    return calendar;
}

bool stock_calendar_has(struct stock_calendar *calendar, size_t day)
{
    size_t end = calendar->first_day + calendar->day_count;
    if (day < calendar->first_day || day >= end) return false;
    if (calendar->halt_count == 0) return true;
    int64_t left = (int64_t)(end - day);
    if (random_stream_between(&calendar->stream, 1, left) >
        (int64_t)calendar->halt_count)
        return true;
    calendar->halt_count--;
    return false;
}
