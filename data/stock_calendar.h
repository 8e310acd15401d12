#ifndef STOCK_CALENDAR_H
#define STOCK_CALENDAR_H

// On which of the days a stock trades: from its listing to its end, but for single
// days on which its trade is halted.
//
//     struct stock_calendar calendar = stock_calendar_uneven(seed, 3, day_count);
//     for (size_t day = 0; day < day_count; day++)
//         if (stock_calendar_has(&calendar, day)) ...

#include <stdbool.h>
#include <stddef.h>
#include "random_stream.h"

struct stock_calendar {
    struct random_stream stream;
    size_t first_day;
    size_t day_count;  // from listing to end
    size_t halt_count; // days among them without trade, still to come
};

// Every day.
struct stock_calendar stock_calendar_full(size_t day_count);

// The calendar of stock `number`: number 0 trades every day, number 1 on the fewest
// days, 1870 of 3926, the others on a number between. All have many days in common.
struct stock_calendar stock_calendar_uneven(uint64_t seed, size_t number,
                                            size_t day_count);

// Does it trade on this day? To be asked once for each day, in order from day 0.
bool stock_calendar_has(struct stock_calendar *calendar, size_t day);

#endif
