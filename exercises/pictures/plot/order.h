#ifndef PICTURES_ORDER_H
#define PICTURES_ORDER_H

// An order of series in which those that move together stand together: hierarchical
// clustering with average linkage, of the distance 1 - r.
// Source: Murtagh, "A survey of recent advances in hierarchical clustering algorithms", 1983
// (the nearest-neighbour chain).

#include <stddef.h>

// Fills order with the numbers 0 .. n-1, so that every cluster stands together. r: n * n
// correlations; series without any (NaN) come last. 0 or -ENOMEM.
int order_by_clustering(const double r[], size_t n, size_t order[]);

#endif
