#include "7.3-correlations/judge_cells.h"
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include "7.3-correlations/exchange.h"

enum { PICTURE = 8 };

static const double SLIGHT = 0.01;

static bool is_unwritten(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits == UNWRITTEN;
}

enum cell cell_compare(double found, double expected)
{
    if (is_unwritten(found)) return CELL_MISSING;
    if (isnan(found)) return isnan(expected) ? CELL_RIGHT : CELL_NAN;
    if (isnan(expected)) return CELL_NUMBER;
    double error = fabs(found - expected);
    if (!(error <= SLIGHT)) return CELL_FAR;
    return error <= TOLERANCE && fabs(found) <= 1 ? CELL_RIGHT : CELL_SLIGHT;
}

enum cell cell_kind(const struct cells *cells, size_t i, size_t j)
{
    size_t place = i * cells->n + j;
    return cell_compare(cells->r[place], cells->expected[place]);
}

struct cells cells_compare(const double r[], const double expected[], size_t n)
{
    struct cells cells = {.n = n, .r = r, .expected = expected};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            enum cell kind = cell_kind(&cells, i, j);
            cells.count[kind]++;
            if (kind == CELL_RIGHT || cells.wrong++) continue;
            cells.first_i = i;
            cells.first_j = j;
        }
    return cells;
}

// ---- the picture

static const char marks[CELL_KINDS] = {'.', '~', 'X', '?', 'N', '#'};

static const char *const meanings[CELL_KINDS] = {
    "right",         "slightly off",      "far off",
    "never written", "NaN, not a number", "a number, not NaN"};

static size_t window_start(size_t first, size_t n)
{
    return n <= PICTURE ? 0 : first < n - PICTURE ? first : n - PICTURE;
}

__attribute__((format(printf, 3, 4))) static void append(char *text, size_t size,
                                                         const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, size - used, format, arguments);
    va_end(arguments);
}

void cells_picture(const struct cells *cells, char *text, size_t size)
{
    size_t side = cells->n < PICTURE ? cells->n : PICTURE;
    size_t top = window_start(cells->first_i, cells->n);
    size_t left = window_start(cells->first_j, cells->n);
    *text = '\0';
    append(text, size, "r  ");
    for (size_t j = left; j < left + side; j++) append(text, size, "%4zu", j);
    for (size_t i = top; i < top + side; i++) {
        append(text, size, "\n%-3zu", i);
        for (size_t j = left; j < left + side; j++)
            append(text, size, "%4c", marks[cell_kind(cells, i, j)]);
    }
    append(text, size, "\n%c right", marks[CELL_RIGHT]);
    for (enum cell kind = CELL_SLIGHT; kind < CELL_KINDS; kind++)
        if (cells->count[kind])
            append(text, size, "  %c %s: %zu", marks[kind], meanings[kind],
                   cells->count[kind]);
}
