#ifndef MARKET_H
#define MARKET_H

// A made-up stock market, bar by bar (a bar is the trade of one day, or of two
// minutes):
//
//     struct market market;
//     market_init(&market, seed, bar_count, 1);
//     struct stock stock = stock_start(&market, 0);
//     struct bar bar = stock_next_bar(&stock, &market);
//     market_close(&market);
//
// Every stock follows the whole market, its own sector, and a noise of its own.
// Prices are whole numbers of 1/10000 dollar in a bar, and of 1/10^8 dollar inside;
// moves are in millionths (ppm) of the price before.

#include <stddef.h>
#include <stdint.h>
#include "random_stream.h"

enum { SECTOR_COUNT = 8, PRICE_UNITS = 10000 };

struct market {
    uint64_t seed;
    size_t bar_count;
    size_t bars_per_day;
    int32_t *moves_ppm; // (1 + SECTOR_COUNT) for each bar: the market's, then each
                        // sector's
};

struct bar {
    int64_t open; // low <= open, close <= high
    int64_t high;
    int64_t low; // > 0
    int64_t close;
};

struct stock {
    struct random_stream stream;
    size_t bar_index; // of the next bar
    int sector;
    int64_t market_percent; // how much of the market's and of the sector's moves it
                            // makes
    int64_t sector_percent;
    int64_t own_sd_ppm; // standard deviation of its own noise in a day
    int64_t drift_ppm;  // in a day
    int64_t price_e8;   // the last close
};

// A second class of shares of the same company: its price is the first one's times a
// ratio, but for a small spread that always comes back to 0. So no other pair is as
// correlated.
struct share_class {
    struct random_stream stream;
    struct stock first; // walked once more, beside this one
    int64_t ratio_percent;
    int64_t spread_ppm;
};

// The caller owns what market then holds (market_close). 0 or -ENOMEM.
int market_init(struct market *market, uint64_t seed, size_t bar_count,
                size_t bars_per_day);
void market_close(struct market *market);

// Stock `number` before its first bar. Its prices depend on seed and number alone.
struct stock stock_start(const struct market *market, size_t number);

// At most market->bar_count times.
struct bar stock_next_bar(struct stock *stock, const struct market *market);

// A second class, with a number of its own, of the shares of stock `first_number`.
struct share_class share_class_start(const struct market *market, size_t number,
                                     size_t first_number);

// At most market->bar_count times.
struct bar share_class_next_bar(struct share_class *share,
                                const struct market *market);

#endif
