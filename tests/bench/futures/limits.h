#ifndef BENCH_LIMITS_H
#define BENCH_LIMITS_H

// What the machine itself takes, in seconds: no pool can be faster.

double limit_cache_line_trip(void); // a word there and back between two cores
double limit_futex_trip(void);      // the same by sleeping and waking, on one core
double limit_malloc_free(void);     // of 200 bytes, a pair
double limit_thread_create_join(void);
double limit_fork_wait(void);
double limit_burn(int turns); // one task of the order "burn"

#endif
