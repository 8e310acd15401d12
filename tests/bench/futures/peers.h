#ifndef BENCH_PEERS_H
#define BENCH_PEERS_H

// The peers: programs that take turns with ours, and what each of them did in each round.

#include <stdbool.h>
#include <stddef.h>
#include "bench/peer.h"
#include "orders.h"

enum { MOST_ROUNDS = 50, WORKERS = 2, SLEEPERS = 16, TURNS = 9200 };
enum { MEASURES = 7, ONE_BY_ONE = 5 }; // those of enum order_kind, and two more
enum { PEERS = 9 };

// A peer: how many tasks make a measurement of reasonable length, by enum order_kind.
struct entry {
    const char *name;
    const char *python; // its argument, or NULL: a program of that name
    int counts[5];
    bool missing;
    struct peer two, many; // with WORKERS, with SLEEPERS
    double values[MEASURES][MOST_ROUNDS];
};
extern struct entry peers[PEERS];

// Starts all that there are; says which are missing.
void peers_open(const char *folder);

// One round of each. task_s is how long one of the 10 us tasks takes now.
void peers_round(size_t round, double task_s);

void peers_close(void);

// From seconds to what is written: a rate, a time, a part of the ideal.
double measured_value(int kind, double seconds, int count, double task_s);

#endif
