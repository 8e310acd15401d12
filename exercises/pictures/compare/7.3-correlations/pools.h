#ifndef PICTURES_POOLS_H
#define PICTURES_POOLS_H

// What workers cost before they do anything: the time until all of them run a task, and the
// memory that they add while all of them have read the same series.

#include "pictures/compare/report.h"
#include "stocks/stock_series.h"

// Measures threads and processes with 1, 2, 4 ... most workers, in turns, so many rounds;
// prints a table and adds it to the report.
void pools_compare(struct report *report, const struct aligned_series *series,
                   size_t rounds, int most_workers);

#endif
