#ifndef STOCK_SET_H
#define STOCK_SET_H

// The files that are converted: a copy of a folder's, cut to different lengths, in a folder of
// the benchmark's own.

#include <stddef.h>

enum {
    STOCK_SET_MAX = 64,
    STOCK_SET_LEAST_LINES = 2500,
    STOCK_SET_MOST_LINES = 10000
};

struct stock_set {
    char folder[512];
    size_t count;
    char *json_paths[STOCK_SET_MAX];
    char *hdf5_paths[STOCK_SET_MAX];
    size_t lines;
};

// Copies the first files of source to the folder, which is made; the i-th of n has between
// STOCK_SET_LEAST_LINES and STOCK_SET_MOST_LINES lines, if source's has so many.
void stock_set_create(struct stock_set *set, const char *source, const char *folder);

// The bytes of a file. Owned by the caller (free).
char *stock_set_read(const char *path, size_t *size);

// Removes the HDF5 files.
void stock_set_clear(const struct stock_set *set);

// A number that two sets have in common only if their HDF5 files are the same.
unsigned long long stock_set_digest(const struct stock_set *set);

#endif
