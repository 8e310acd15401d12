#ifndef BENCH_PEER_H
#define BENCH_PEER_H

// Another program that is measured: it starts once, and then does one run for each line that
// it is sent, so that its start is not measured and its runs take turns with ours. It answers
// each line with the seconds that the run took, and ends when its input ends.

#include <stdio.h>
#include <sys/types.h>

struct peer {
    pid_t pid;
    FILE *orders;  // to its standard input
    FILE *answers; // from its standard output
};

// Starts arguments[0] (searched on the PATH), NULL at the end. A peer that answers nothing
// ends the benchmark with a sentence.
void peer_open(struct peer *peer, const char *const arguments[]);

// One run: seconds by the peer's own clock.
double peer_run(struct peer *peer, const char *order);

void peer_close(struct peer *peer);

#endif
