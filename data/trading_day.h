#ifndef TRADING_DAY_H
#define TRADING_DAY_H

// The days on which an American exchange trades: weekdays less some holidays.
//
//     struct trading_day day = trading_day_first();
//     day = trading_day_next(day);

struct trading_day {
    int year;
    int month;   // 1 .. 12
    int day;     // 1 .. 31
    int weekday; // 0: Monday .. 6: Sunday
};

// Monday, 1 July 2013, where the lesson's data begin.
struct trading_day trading_day_first(void);

// The next day of trading.
struct trading_day trading_day_next(struct trading_day day);

#endif
