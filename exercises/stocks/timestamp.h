#ifndef STOCKS_TIMESTAMP_H
#define STOCKS_TIMESTAMP_H

// Moments as people write them, in nanoseconds since 1970 UTC. Internal.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Reads "YYYY-MM-DD", then nothing or ' ' or 'T' and "HH:MM", "HH:MM:SS" or
// "HH:MM:SS." with 1 to 9 digits, then nothing or 'Z'. Every such text means UTC.
// False when it is anything else, no such day or time, or outside the years that 64
// bits of nanoseconds reach (1678 to 2261). On failure *ns is as it was.
bool timestamp_parse(const char *text, size_t length, int64_t *ns);

#endif
