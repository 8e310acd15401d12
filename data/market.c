// The market: random walks of whole numbers that share some of their steps.
// A price stays between two walls: a step that would lead on beyond one is turned
// around. So prices are positive, and price * move always fits 64 bits.

#include "market.h"
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    MILLION = 1000000,
    MARKET_SD_PPM = 9000, // in a day
    SECTOR_SD_PPM = 8000,
    MOST_MOVE_PPM = 200000,
    SPREAD_SD_PPM = 1500,
    EARNINGS_DAYS = 63, // once in so many days a stock moves four times as much
};

static const int64_t DOLLAR_E8 = 100000000;
static const int64_t E8_OF_UNIT = 10000;

// Streams of random numbers: 0 the market, 1 .. SECTOR_COUNT the sectors, then the
// stocks.
static const uint64_t FIRST_STOCK_STREAM = 1 + SECTOR_COUNT;

// The share of a day's standard deviation in one bar. Of two-minute bars the first
// holds the night, and 16^2 of the others would make a day.
static int64_t bar_sd(const struct market *market, size_t bar_index, int64_t day_sd)
{
    if (market->bars_per_day == 1) return day_sd;
    return bar_index % market->bars_per_day == 0 ? day_sd / 2 : day_sd / 16;
}

int market_init(struct market *market, uint64_t seed, size_t bar_count,
                size_t bars_per_day)
{
    *market = (struct market){seed, bar_count, bars_per_day, NULL};
    market->moves_ppm = calloc(bar_count, (1 + SECTOR_COUNT) * sizeof(int32_t));
    if (!market->moves_ppm) return -ENOMEM;

    for (size_t factor = 0; factor < 1 + SECTOR_COUNT; factor++) {
        struct random_stream stream = random_stream_start(seed, factor);
        int64_t day_sd = factor == 0 ? MARKET_SD_PPM : SECTOR_SD_PPM;
        for (size_t bar = 0; bar < bar_count; bar++)
            market->moves_ppm[bar * (1 + SECTOR_COUNT) + factor] =
                (int32_t)random_stream_normal(&stream, bar_sd(market, bar, day_sd));
    }
    return 0;
}

void market_close(struct market *market)
{
    free(market->moves_ppm);
    market->moves_ppm = NULL;
}

struct stock stock_start(const struct market *market, size_t number)
{
    struct stock stock = {
        .stream = random_stream_start(market->seed, FIRST_STOCK_STREAM + number)};
    stock.sector = (int)random_stream_between(&stock.stream, 0, SECTOR_COUNT - 1);
    stock.market_percent = random_stream_between(&stock.stream, 50, 150);
    stock.sector_percent = random_stream_between(&stock.stream, 40, 120);
    stock.own_sd_ppm = random_stream_between(&stock.stream, 9000, 19000);
    stock.drift_ppm = random_stream_between(&stock.stream, -150, 550);
    stock.price_e8 = random_stream_between(&stock.stream, 8, 250) * DOLLAR_E8;
    return stock;
}

static int64_t moved(int64_t price_e8, int64_t move_ppm)
{
    return price_e8 + price_e8 * move_ppm / MILLION;
}

// The day's range around its open and close, in the units that are printed. Rounding
// down keeps their order.
static struct bar bar_around(struct random_stream *stream, int64_t open_e8,
                             int64_t close_e8, int64_t sd_ppm)
{
    int64_t above_ppm = llabs(random_stream_normal(stream, sd_ppm / 2));
    int64_t below_ppm = llabs(random_stream_normal(stream, sd_ppm / 2));
    int64_t most = open_e8 > close_e8 ? open_e8 : close_e8;
    int64_t least = open_e8 > close_e8 ? close_e8 : open_e8;
    return (struct bar){.open = open_e8 / E8_OF_UNIT,
                        .high = moved(most, above_ppm) / E8_OF_UNIT,
                        .low = moved(least, -below_ppm) / E8_OF_UNIT,
                        .close = close_e8 / E8_OF_UNIT};
}

// How far the close moves in the next bar.
static int64_t next_move_ppm(struct stock *stock, const struct market *market)
{
    const int32_t *moves = market->moves_ppm + stock->bar_index * (1 + SECTOR_COUNT);
    bool is_first_of_day = stock->bar_index % market->bars_per_day == 0;
    int64_t own_sd = bar_sd(market, stock->bar_index, stock->own_sd_ppm);
    if (is_first_of_day &&
        random_stream_between(&stock->stream, 1, EARNINGS_DAYS) == 1)
        own_sd *= 4;

    int64_t move = random_stream_normal(&stock->stream, own_sd);
    move += moves[0] * stock->market_percent / 100;
    move += moves[1 + stock->sector] * stock->sector_percent / 100;
    if (is_first_of_day) move += stock->drift_ppm;
    if (stock->price_e8 < 2 * DOLLAR_E8) move = llabs(move);
    if (stock->price_e8 > 2000 * DOLLAR_E8) move = -llabs(move);
    if (move > MOST_MOVE_PPM) return MOST_MOVE_PPM;
    return move < -MOST_MOVE_PPM ? -MOST_MOVE_PPM : move;
}

struct bar stock_next_bar(struct stock *stock, const struct market *market)
{
    int64_t sd_ppm = bar_sd(market, stock->bar_index, stock->own_sd_ppm);
    int64_t move_ppm = next_move_ppm(stock, market);
    int64_t gap_ppm = random_stream_normal(&stock->stream, sd_ppm / 3);
    int64_t open_e8 = moved(stock->price_e8, gap_ppm);
    stock->price_e8 = moved(stock->price_e8, move_ppm);
    stock->bar_index++;
    return bar_around(&stock->stream, open_e8, stock->price_e8, sd_ppm);
}

struct share_class share_class_start(const struct market *market, size_t number,
                                     size_t first_number)
{
    struct share_class share = {
        .stream = random_stream_start(market->seed, FIRST_STOCK_STREAM + number),
        .first = stock_start(market, first_number)};
    share.ratio_percent = random_stream_between(&share.stream, 60, 95);
    return share;
}

// What a price of the first class is for the second one.
static int64_t class_price_e8(const struct share_class *share, int64_t first_price)
{
    int64_t price_e8 = first_price * E8_OF_UNIT / 100 * share->ratio_percent;
    return moved(price_e8, share->spread_ppm);
}

struct bar share_class_next_bar(struct share_class *share,
                                const struct market *market)
{
    int64_t sd_ppm = bar_sd(market, share->first.bar_index, share->first.own_sd_ppm);
    struct bar first = stock_next_bar(&share->first, market);
    int64_t open_e8 = class_price_e8(share, first.open);
    share->spread_ppm = share->spread_ppm * 9 / 10 +
                        random_stream_normal(&share->stream, SPREAD_SD_PPM);
    int64_t close_e8 = class_price_e8(share, first.close);
    return bar_around(&share->stream, open_e8, close_e8, sd_ppm);
}
