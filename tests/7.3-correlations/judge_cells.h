#ifndef JUDGE_CELLS_H
#define JUDGE_CELLS_H

// A matrix r that came back, cell by cell against the right one: which cells are wrong, and
// a picture of it.

#include <stddef.h>

enum cell {
    CELL_RIGHT,
    CELL_SLIGHT,  // a number, less than 0.01 away
    CELL_FAR,     // a number, further away
    CELL_MISSING, // never written
    CELL_NAN,     // NaN in the place of a number
    CELL_NUMBER,  // a number in the place of NaN
    CELL_KINDS
};

static const double TOLERANCE = 1e-9;

struct cells {
    size_t n;
    const double *r;        // borrowed, n * n
    const double *expected; // borrowed, n * n
    size_t count[CELL_KINDS];
    size_t wrong;            // how many cells are not right
    size_t first_i, first_j; // the first of them
};

struct cells cells_compare(const double r[], const double expected[], size_t n);

enum cell cell_compare(double found, double expected);
enum cell cell_kind(const struct cells *cells, size_t i, size_t j);

// At most 8 x 8 cells of r around the first wrong one, with what its marks mean.
void cells_picture(const struct cells *cells, char *text, size_t size);

#endif
