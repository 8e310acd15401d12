// Rows are written digit by digit: speed tests need megabytes of them, and printf would take
// longer than what is to be timed. A price is a whole number of ten thousandths; divided by
// 10000 it is the double that is nearest to the decimal, which is what a parser must find.

#include "7.2-conversion/judge_stock_file.h"
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TICKS = 10000, TICK_DIGITS = 4, ROW_SIZE = 512, DAY_S = 86400 };

static const char *const plain_keys[] = {"close", "high", "low", "open"};
static const char *const wide_keys[] = {"volume", "close",    "high",  "low",
                                        "open",   "dividend", "splits"};
enum { WIDE_BEFORE_TIMESTAMP = 2 }; // keys that stand before it

static const double edges[] = {DBL_MAX,      -DBL_MAX,    DBL_MIN,
                               DBL_TRUE_MIN, DBL_EPSILON, 0.1,
                               1.0 / 3,      -0.0,        9007199254740993.0,
                               1e22,         1e-300,      123456789.123456789};

static uint64_t random_bits(void)
{
    static uint64_t state;
    if (!state) state = (uint64_t)rand() << 31 ^ (uint64_t)rand() ^ 1u << 30;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

// ---- text

static char *write_digits(char *at, uint64_t number, int digits)
{
    for (int i = digits - 1; i >= 0; i--, number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + digits;
}

static char *write_text(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *write_timestamp(char *at, int64_t seconds)
{
    struct tm tm;
    time_t time = seconds;
    gmtime_r(&time, &tm);
    at = write_text(at, "\"timestamp\": \"");
    const int parts[] = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                         tm.tm_hour,        tm.tm_min,     tm.tm_sec};
    const char *behind[] = {"-", "-", " ", ":", ":", "\""};
    for (int i = 0; i < 6; i++) {
        at = write_digits(at, (uint64_t)parts[i], i ? 2 : 4);
        at = write_text(at, behind[i]);
    }
    return at;
}

// ---- values: each writes one and says which double it is

static char *write_price(char *at, double *value)
{
    uint64_t ticks = random_bits() % (1000 * TICKS);
    int digits = 1;
    for (uint64_t whole = ticks / TICKS; whole >= 10; whole /= 10) digits++;
    *value = (double)ticks / TICKS;
    at = write_digits(at, ticks / TICKS, digits);
    *at++ = '.';
    return write_digits(at, ticks % TICKS, TICK_DIGITS);
}

static char *write_mixed(char *at, double *value)
{
    switch (random_bits() % 4) {
    case 0:
        *value = NAN;
        return write_text(at, "null");
    case 1:
        *value = (double)(int64_t)(random_bits() >> 24) - 5e11;
        return at + sprintf(at, "%.0f", *value);
    default:
        return write_price(at, value);
    }
}

static char *write_edge(char *at, double *value)
{
    uint64_t bits = random_bits(), place = bits % (2 * sizeof edges / sizeof *edges);
    if (place < sizeof edges / sizeof *edges) {
        *value = edges[place];
    } else {
        memcpy(value, &bits, sizeof *value);
        if (!isfinite(*value)) *value = 0.5;
    }
    return at + sprintf(at, "%.17g", *value);
}

// ---- rows

static char *write_row(char *at, const struct stock_file *file,
                       enum stock_file_kind kind, size_t row)
{
    static char *(*const write_value[])(char *, double *) = {
        write_price, write_mixed, write_edge};
    size_t before = kind == STOCK_FILE_WIDE ? WIDE_BEFORE_TIMESTAMP : 0;
    *at++ = '{';
    for (size_t i = 0; i < file->column_count; i++) {
        if (i) at = write_text(at, ", ");
        if (i == before) {
            at = write_timestamp(at, file->timestamps_ns[row] / 1000000000);
            at = write_text(at, ", ");
        }
        *at++ = '"';
        at = write_text(at, file->column_names[i]);
        at = write_text(at, "\": ");
        at = write_value[kind](at, &file->values[row * file->column_count + i]);
    }
    return write_text(at, "}\n");
}

static int64_t next_moment(int64_t seconds)
{
    return seconds + DAY_S +
           (random_bits() % 4 ? 0 : (int64_t)(random_bits() % DAY_S));
}

static void name_make(struct stock_file *file)
{
    static unsigned counter;
    char letters[5] = "";
    for (int i = 0; i < 4; i++) letters[i] = (char)('A' + random_bits() % 26);
    snprintf(file->name, sizeof file->name, "%s%u", letters, ++counter % 1000000);
}

static void columns_name(struct stock_file *file, enum stock_file_kind kind)
{
    bool is_wide = kind == STOCK_FILE_WIDE;
    if (!file->row_count) return;
    file->column_count = is_wide ? sizeof wide_keys / sizeof *wide_keys
                                 : sizeof plain_keys / sizeof *plain_keys;
    for (size_t i = 0; i < file->column_count; i++)
        file->column_names[i] = is_wide ? wide_keys[i] : plain_keys[i];
}

struct stock_file *stock_file_create(enum stock_file_kind kind, size_t row_count)
{
    struct stock_file *file = calloc(1, sizeof *file);
    if (!file) return NULL;
    file->row_count = row_count;
    name_make(file);
    columns_name(file, kind);
    file->timestamps_ns = calloc(row_count + 1, sizeof *file->timestamps_ns);
    file->values = calloc(row_count * file->column_count + 1, sizeof *file->values);
    file->text = malloc(row_count * ROW_SIZE + 1);
    if (!file->timestamps_ns || !file->values || !file->text) {
        stock_file_destroy(file);
        return NULL;
    }
    int64_t seconds = (int64_t)(random_bits() % (20000u * DAY_S));
    char *at = file->text;
    for (size_t row = 0; row < row_count; row++) {
        file->timestamps_ns[row] = seconds * 1000000000;
        at = write_row(at, file, kind, row);
        seconds = next_moment(seconds);
    }
    file->text_size = (size_t)(at - file->text);
    return file;
}

void stock_file_destroy(struct stock_file *file)
{
    if (!file) return;
    free(file->timestamps_ns);
    free(file->values);
    free(file->text);
    free(file);
}

void stock_file_spoil_line(struct stock_file *file)
{
    char *middle =
        memchr(file->text + file->text_size / 2, '{', file->text_size / 2);
    if (middle) *middle = '[';
}

void stock_file_cut(struct stock_file *file)
{
    enum { CUT = 9 };
    file->text_size -= CUT;
}
