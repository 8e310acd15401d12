#ifndef FUTURES_FUTURE_MEMORY_H
#define FUTURES_FUTURE_MEMORY_H

// Memory for futures. The allocator gives freed memory at its end back to the system, page by
// page, and fetches it again for the next batch; that costs as much as everything else in a
// submit. So each thread keeps some blocks of two usual sizes.

#include <stddef.h>
#include <stdint.h>

// size bytes, and of which kind they are. NULL with errno ENOMEM.
void *future_memory_take(size_t size, int8_t *kind);

// Back, with the kind that it was.
void future_memory_give(void *memory, int8_t kind);

#endif
