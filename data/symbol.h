#ifndef SYMBOL_H
#define SYMBOL_H

// Made-up ticker symbols: three or four letters that look like a company's, none
// twice.

#include <stddef.h>
#include <stdint.h>

enum { SYMBOL_SIZE = 5 };

// Makes count symbols for a seed; the first ones are the same whatever count is. The
// caller owns the array (free). NULL with errno ENOMEM.
char (*symbols_create(uint64_t seed, size_t count))[SYMBOL_SIZE];

#endif
