#ifndef SUBMIT_H
#define SUBMIT_H

// A table of slow sums and differences: what 7.1 computes.

#include "futures/futures.h"

// x + y and x - y, each after a long wait (a second, when run by hand). Any number of threads
// and processes may call them at the same time.
int slow_add(int x, int y);
int slow_sub(int x, int y);

// For every i and then every j in 0 .. n-1: slow_add(i, j) where i < j, slow_sub(i, j) where
// i > j, nothing where they are equal. results, the caller's, gets the n * (n - 1) values in
// that order, whichever call ends first. The calls run at the same time on an executor of the
// given kind with the given number of workers, which is created and destroyed in here.
// 0, or a negative errno (and results are then not to be used). n < 2: nothing to do, 0.
int submit_table(enum executor_kind kind, int workers, int n, int results[]);

#endif
