#ifndef SUBJECTS_H
#define SUBJECTS_H

// What takes part in 7.3's benchmark: each correlates one set of series. Seconds.

#include "correlations.h"

enum { BENCH_WORKERS = 2 };

// A set of series in memory, and in a file for the peers.
struct stock_matrix {
    char name[32]; // "200x2500"
    char path[512];
    struct aligned_series series;
    double *r; // n * n
};

// Makes series that share a market, and the file NAME.bin in a folder that is there.
// matrix_close removes both.
void matrix_open(struct stock_matrix *matrix, size_t n, size_t length,
                 const char *folder);
void matrix_close(struct stock_matrix *matrix);

// Multiplications and additions that the correlations of all pairs, each once, need: a dot
// product for every one of the n (n + 1) / 2 different cells of r.
double matrix_flops(const struct stock_matrix *matrix);

// The stub; the solution that students see; the last step of the ladder.
double correlate_sequential(struct stock_matrix *matrix);
double correlate_reference(struct stock_matrix *matrix, enum executor_kind kind);
double correlate_ladder(struct stock_matrix *matrix, enum executor_kind kind,
                        int workers);

// Two processes that know nothing of each other run the stub: until both are done. What one
// costs the other on this machine is all that it shows.
double correlate_two_at_once(struct stock_matrix *matrix);

#endif
