#ifndef FUTURES_FUTURE_MEMORY_H
#define FUTURES_FUTURE_MEMORY_H

// Memory for futures. The allocator gives freed memory at its end back to the system, page by
// page, and fetches it again for the next batch; that costs as much as everything else in a
// submit. So each thread keeps some blocks of the usual size.

#include <stdbool.h>
#include <stddef.h>

enum { FUTURE_BLOCK = 136 }; // up to 40 bytes of args and result

// size bytes; NULL with errno ENOMEM.
void *future_memory_take(size_t size);

// usual: what was taken was not more than FUTURE_BLOCK.
void future_memory_give(void *block, bool usual);

#endif
