#ifndef JUDGE_CELLS_H
#define JUDGE_CELLS_H

// A matrix r that came back, cell by cell against the right one: which cells are wrong, what
// the pattern of them says about the mistake, and a picture of it.

#include <stdbool.h>
#include <stddef.h>
#include "futures/futures.h"

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

// What was found, for the student: one name for it, and the next thing to look at.
struct pattern {
    const char *diagnosis;
    const char *hint;
    bool is_numeric; // numbers are wrong, and not their places
};

struct cells cells_compare(const double r[], const double expected[], size_t n);

enum cell cell_kind(const struct cells *cells, size_t i, size_t j);

// What cells with something wrong look like.
struct pattern cells_pattern(const struct cells *cells, enum executor_kind executor);

// At most 8 x 8 cells of r around the first wrong one, with what its marks mean.
void cells_picture(const struct cells *cells, char *text, size_t size);

#endif
