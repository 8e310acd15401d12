// Generates a set of stock data: for each symbol a walk through the same market,
// written as lines of JSON. One symbol, drawn by the seed, is the second class of
// another one's shares: these two are the most correlated pair.

#include "stock_data.h"
#include "market.h"
#include "new_folder.h"
#include "stock_calendar.h"
#include "symbol.h"
#include "trading_day.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { OPENING_MINUTE = 9 * 60 + 30, MINUTES_PER_BAR = 2 };

// Streams of random numbers apart from those of prices and calendars.
static const uint64_t PAIR_STREAM = (uint64_t)2 << 32;
static const uint64_t FIRST_VOLUME_STREAM = (uint64_t)3 << 32;

// What the files of a set have in common.
struct stock_data {
    const struct stock_data_options *options;
    struct market market;
    // Numbers of the two stocks of one company; equal: no such pair.
    size_t first_class;
    size_t second_class;
};

// One symbol on its way through the market.
struct walker {
    bool is_second_class;
    struct stock stock;
    struct share_class share;
    struct stock_calendar calendar;
    struct random_stream volume_stream;
    int64_t usual_volume; // in 1/1000 share
};

static struct walker walker_start(const struct stock_data *data, size_t number)
{
    uint64_t seed = data->options->seed;
    size_t day_count = data->options->day_count;
    struct walker walker = {0};
    walker.is_second_class =
        number == data->second_class && data->first_class != data->second_class;
    if (walker.is_second_class)
        walker.share = share_class_start(&data->market, number, data->first_class);
    else
        walker.stock = stock_start(&data->market, number);
    walker.calendar = data->options->is_unequal
                          ? stock_calendar_uneven(seed, number, day_count)
                          : stock_calendar_full(day_count);
    walker.volume_stream = random_stream_start(seed, FIRST_VOLUME_STREAM + number);
    walker.usual_volume =
        random_stream_between(&walker.volume_stream, 200000000, 9000000000);
    return walker;
}

static struct bar walker_next_bar(struct walker *walker, const struct market *market)
{
    return walker->is_second_class ? share_class_next_bar(&walker->share, market)
                                   : stock_next_bar(&walker->stock, market);
}

static void print_price(FILE *file, const char *key, int64_t price)
{
    fprintf(file, ", \"%s\": %lld.%04lld", key, (long long)(price / PRICE_UNITS),
            (long long)(price % PRICE_UNITS));
}

// Volumes that were adjusted for splits are no whole numbers.
static void print_volume(FILE *file, struct walker *walker)
{
    int64_t percent = random_stream_between(&walker->volume_stream, 40, 260);
    int64_t rest = random_stream_between(&walker->volume_stream, 0, 999999);
    int64_t volume = walker->usual_volume / 100 * percent + rest;
    fprintf(file, ", \"volume\": %lld.%03lld", (long long)(volume / 1000),
            (long long)(volume % 1000));
}

static void print_line(FILE *file, struct trading_day day, size_t bar_of_day,
                       size_t bars_per_day, struct bar bar)
{
    int minute =
        bars_per_day == 1 ? 0 : OPENING_MINUTE + MINUTES_PER_BAR * (int)bar_of_day;
    fprintf(file, "{\"timestamp\": \"%04d-%02d-%02d %02d:%02d:00\"", day.year,
            day.month, day.day, minute / 60, minute % 60);
    print_price(file, "close", bar.close);
    print_price(file, "high", bar.high);
    print_price(file, "low", bar.low);
    print_price(file, "open", bar.open);
}

static void print_lines(FILE *file, const struct stock_data *data,
                        struct walker *walker)
{
    size_t bars_per_day = data->options->bars_per_day;
    struct trading_day day = trading_day_first();
    bool has_day = false;
    for (size_t i = 0; i < data->market.bar_count; i++) {
        size_t bar_of_day = i % bars_per_day;
        if (i > 0 && bar_of_day == 0) day = trading_day_next(day);
        if (bar_of_day == 0)
            has_day = stock_calendar_has(&walker->calendar, i / bars_per_day);
        struct bar bar = walker_next_bar(walker, &data->market);
        if (!has_day) continue;
        print_line(file, day, bar_of_day, bars_per_day, bar);
        if (data->options->is_unequal) print_volume(file, walker);
        fputs("}\n", file);
    }
}

static int write_symbol(const struct stock_data *data,
                        const struct new_folder *folder, size_t number,
                        const char *symbol)
{
    char name[SYMBOL_SIZE + sizeof ".json"];
    snprintf(name, sizeof name, "%s.json", symbol);
    int descriptor = new_folder_open(folder, name);
    if (descriptor < 0) return descriptor;
    FILE *file = fdopen(descriptor, "w");
    if (!file) {
        close(descriptor);
        return -ENOMEM;
    }
    struct walker walker = walker_start(data, number);
    print_lines(file, data, &walker);
    int status = ferror(file) ? -EIO : 0;
    if (fclose(file) != 0) status = -errno;
    return status;
}

static int write_symbols(const struct stock_data *data,
                         const struct new_folder *folder)
{
    size_t count = data->options->symbol_count;
    char(*symbols)[SYMBOL_SIZE] = symbols_create(data->options->seed, count);
    if (!symbols) return -ENOMEM;
    int status = 0;
    for (size_t number = 0; status == 0 && number < count; number++)
        status = write_symbol(data, folder, number, symbols[number]);
    free(symbols);
    return status;
}

// Which two symbols belong to one company.
static void draw_pair(struct stock_data *data)
{
    struct random_stream stream =
        random_stream_start(data->options->seed, PAIR_STREAM);
    int64_t count = (int64_t)data->options->symbol_count;
    data->first_class = (size_t)random_stream_between(&stream, 0, count - 1);
    data->second_class = data->first_class;
    if (count == 1) return;
    int64_t further = random_stream_between(&stream, 1, count - 1);
    data->second_class = (data->first_class + (size_t)further) % (size_t)count;
}

static bool is_valid(const struct stock_data_options *options)
{
    return options->symbol_count >= 1 && options->symbol_count <= MOST_SYMBOLS &&
           options->day_count >= 1 && options->day_count <= MOST_DAYS &&
           options->bars_per_day >= 1;
}

int stock_data_generate(const struct stock_data_options *options,
                        const char *folder_path)
{
    if (!is_valid(options)) return -EINVAL;
    struct stock_data data = {.options = options};
    draw_pair(&data);
    size_t bar_count = options->day_count * options->bars_per_day;
    if (options->bar_count && options->bar_count < bar_count)
        bar_count = options->bar_count;
    int status =
        market_init(&data.market, options->seed, bar_count, options->bars_per_day);
    if (status < 0) return status;

    struct new_folder folder;
    status = new_folder_create(&folder, folder_path);
    if (status < 0) goto out;
    status = write_symbols(&data, &folder);
    if (status == 0)
        status = new_folder_publish(&folder);
    else
        new_folder_discard(&folder);
out:
    market_close(&data.market);
    return status;
}
