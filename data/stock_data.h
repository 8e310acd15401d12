#ifndef STOCK_DATA_H
#define STOCK_DATA_H

// A made-up set of stock data: a folder of files NAME.json, one JSON object a line.
//
//     struct stock_data_options options = STOCK_DATA_DAILY;
//     options.seed = 7;
//     int status = stock_data_generate(&options, "data/daily-stock");
//
// The same options give the same bytes on every machine.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Bounds: timestamps of later days do not fit 64 bits of nanoseconds.
enum { MOST_SYMBOLS = 10000, MOST_DAYS = 60000 };

struct stock_data_options {
    uint64_t seed;
    size_t symbol_count; // 1 .. MOST_SYMBOLS
    size_t day_count;    // 1 .. MOST_DAYS
    size_t bars_per_day; // 1: daily; 196: every two minutes, 09:30 to 16:00
    size_t bar_count;    // 0: all bars of all days; else at most as many
    bool is_unequal;     // each symbol has days of its own, and fractional volumes
};

// The default, the lesson's own scale, and a set as uneven as real ones are.
#define STOCK_DATA_DAILY                                                            \
    (struct stock_data_options)                                                     \
    {                                                                               \
        .seed = 1, .symbol_count = 30, .day_count = 2520, .bars_per_day = 1         \
    }
#define STOCK_DATA_LESSON                                                           \
    (struct stock_data_options)                                                     \
    {                                                                               \
        .seed = 1, .symbol_count = 21, .day_count = 393, .bars_per_day = 196,       \
        .bar_count = 77015                                                          \
    }
#define STOCK_DATA_UNEQUAL                                                          \
    (struct stock_data_options)                                                     \
    {                                                                               \
        .seed = 1, .symbol_count = 29, .day_count = 3926, .bars_per_day = 1,        \
        .is_unequal = true                                                          \
    }

// Writes the files into a new folder, which appears complete or not at all. 0, or a
// negative errno: -EEXIST where something has this name, -EINVAL (options out of
// bounds), -ENOMEM, ...
int stock_data_generate(const struct stock_data_options *options,
                        const char *folder_path);

#endif
