#ifndef BENCH_H
#define BENCH_H

// Measurements side by side: a row is what one subject does in one measure, a ratio sets it
// against another's. Both are printed as tables and written as JSON:
//
//     struct bench *bench = bench_create("7.2");
//     double ours[7], theirs[7];            // seconds, measured in turns: round by round
//     ...
//     bench_row(bench, "convert", "sequential", "s", ours, 7);
//     bench_ratio(bench, "convert", "sequential", "pandas",
//                 bench_median_ratio(theirs, ours, 7));     // above 1: we are better
//     return bench_finish(bench, "build/bench/7.2.json");
//
// Failures end the program with a sentence: nobody can go on from half a benchmark.
// One thread uses a bench.

#include <stddef.h>

struct bench;

// Lives until bench_finish.
struct bench *bench_create(const char *exercise);

// Adds a row: the median of the values, the least, the greatest. Values are numbers of the
// unit; texts and values are copied.
void bench_row(struct bench *bench, const char *measure, const char *subject,
               const char *unit, const double values[], size_t runs);

// Adds a ratio, in which more is better for the subject. Against a limit it is the part of the
// limit that is reached.
void bench_ratio(struct bench *bench, const char *measure, const char *subject,
                 const char *against, double ratio);

// Prints the tables, writes the JSON file (its folder is made), frees bench. An exit status.
int bench_finish(struct bench *bench, const char *path);

// The median of the values, and of the quotients of those measured in the same round. Machines
// slow down and recover; what was measured one after the other had the same weather.
double bench_median(const double values[], size_t runs);
double bench_median_ratio(const double over[], const double under[], size_t runs);

// Seconds from some fixed moment.
double bench_now_s(void);

// Prints the sentence with the name of the program and exits.
void bench_die(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

#endif
