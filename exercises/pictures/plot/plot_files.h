#ifndef PICTURES_PLOT_FILES_H
#define PICTURES_PLOT_FILES_H

// The files from which gnuplot draws: numbers in *.dat, words in words.gp.

#include <stddef.h>
#include "correlations.h"
#include "run/folder.h"

// What is drawn; everything borrowed.
struct plotted {
    const char *folder; // where the files go
    const char *column;
    const struct folder *files; // one a series
    const struct aligned_series *series;
    const double *r;
    size_t *order; // of the series in the matrix; plot_write_matrix fills it
    struct best_pair best;
};

// Each writes its .dat and adds its words; series first, which begins words.gp. 0 or a
// negative errno.
int plot_write_series(const struct plotted *plotted);
int plot_write_pair(const struct plotted *plotted);
int plot_write_matrix(const struct plotted *plotted);

#endif
