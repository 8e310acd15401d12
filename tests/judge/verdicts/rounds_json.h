#ifndef VERDICTS_ROUNDS_JSON_H
#define VERDICTS_ROUNDS_JSON_H

// Rounds as JSON, so that what was measured once can be weighed again: by the campaign that
// counts verdicts, by make calibrate, by tests. A round is an object of runs, "one" and "all"
// (the spin kernel), "s", "p" and, where it was made, "twice"; a run is an array of numbers, times
// in microseconds:
//
//     [wall, cpu, wait, wait_spread, longest, threads, busy_threads, busy_processes, tasks,
//      in_flight]

#include <jansson.h>
#include "judge/verdict.h"

// An array of objects. The caller owns it.
json_t *rounds_to_json(const struct round rounds[], int count);

// Fills at most ROUND_LIMIT rounds; how many, or -1 where it is no such array.
int rounds_from_json(const json_t *array, struct round rounds[]);

#endif
