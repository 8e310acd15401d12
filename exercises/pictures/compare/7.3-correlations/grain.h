#ifndef PICTURES_GRAIN_H
#define PICTURES_GRAIN_H

// How large should a task be? The same correlations, plainly computed, on the same pools with
// as many workers as CPUs, in tasks of one pair, of some, of a row, of a block of rows, and of
// a few large ones. A student's code has one grain; here all are side by side.

#include "pictures/compare/report.h"
#include "stocks/stock_series.h"

// Measures every grain on three pools, in turns; prints a table, adds it to the report, and
// writes what the picture needs. series are borrowed; at most the first MOST_SERIES are used.
void grain_compare(struct report *report, const struct aligned_series *series,
                   size_t rounds);

#endif
