#ifndef PICTURES_LIMIT_H
#define PICTURES_LIMIT_H

// How many times faster this machine is with several bare threads than with one, measured
// now: no queue, no results, nothing shared. One thread is measured by the call with
// workers 1, which has to come first.

// Threads that compute: sums of products of numbers that are in the nearest cache.
double limit_of_computing(int workers);

// Threads that wait: `calls` sleeps of delay_ms, of which each thread takes the next one.
double limit_of_waiting(int workers, int calls, int delay_ms);

#endif
