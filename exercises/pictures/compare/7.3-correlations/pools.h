#ifndef PICTURES_POOLS_H
#define PICTURES_POOLS_H

// What workers cost before they do anything: the time until all of them run a task, and the
// memory that they add while all of them have read the same series. Each is measured in a
// program of its own, started anew: a program that had threads before keeps their stacks.

#include "pictures/compare/report.h"
#include "stocks/stock_series.h"

// Measures threads and processes with 1, 2, 4 ... most workers, in turns, so many rounds;
// prints a table and adds it to the report. This program is started again with the arguments
// pool, WAY, WORKERS, STOCKS, and then has to call pool_measure.
void pools_compare(struct report *report, const char *stocks, size_t rounds,
                   int most_workers);

// Measures one pool, whose workers read series, and prints milliseconds and KiB.
void pool_measure(enum way way, int workers, const struct aligned_series *series);

#endif
