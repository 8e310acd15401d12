#ifndef SUBJECTS_H
#define SUBJECTS_H

// What takes part in 7.2's benchmark: each converts or reads all files of a set. Seconds.

#include "futures/futures.h"
#include "stock_set.h"

enum { BENCH_WORKERS = 2 };

// As an exercise has it: the stub, one file after the other; the solution on two workers.
double convert_sequential(const struct stock_set *set);
double convert_parallel(const struct stock_set *set, enum executor_kind kind);

// The same with HDF5's deflate. level 0: none.
double deflate_sequential(const struct stock_set *set, int level);
double deflate_parallel(const struct stock_set *set, int level,
                        enum executor_kind kind);

// Two processes that know nothing of each other convert a set each: the time until both are
// done. What one workload costs the other on this machine is all that it shows.
double convert_two_sets(const struct stock_set sets[2], int level);

// Only jansson's share: json_loadb of every line of the set, from memory.
double parse_lines(const struct stock_set *set);

// Only HDF5's share: writes tables that have been read before.
double write_tables(const struct stock_set *set);

// One column of every file.
double read_sequential(const struct stock_set *set);
double read_parallel(const struct stock_set *set, enum executor_kind kind);

#endif
