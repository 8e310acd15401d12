#ifndef UNIT_H
#define UNIT_H

// What every test program here has in common: it builds one Check suite and hands it over.
//
//     int main(void) { return unit_run(suite); }

#include <check.h>

// Runs the suite, each test in a process of its own, and prints TAP (a line a test, then the
// plan) on standard output, which tests/unit/run.sh counts. Frees the suite. The exit status.
int unit_run(Suite *suite);

#endif
