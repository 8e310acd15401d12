#ifndef FUTURES_ARENA_H
#define FUTURES_ARENA_H

// Room for bytes that are too many for a slot: one memory file that all processes of a pool
// inherited, copied to and from by offset. No lock: a process may be killed at any moment,
// and all that is lost then is the extent it was about to take.

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum { ARENA_NONE = -1, ARENA_CLASSES = 48, ARENA_SPARES = 16 };

// In memory that the processes share.
struct arena {
    int file;
    _Atomic int64_t end; // of the file, in use so far
    // Free extents: offset + 1, or 0.
    _Atomic int64_t spares[ARENA_CLASSES][ARENA_SPARES];
};

// 0 or a negative errno.
int arena_init(struct arena *arena);
void arena_close(struct arena *arena);

// Copies size bytes into an extent of its own: its offset (arena_free), or a negative errno.
int64_t arena_put(struct arena *arena, const void *bytes, size_t size);

// Copies them out again. 0 or a negative errno.
int arena_get(struct arena *arena, int64_t offset, void *bytes, size_t size);

// Gives an extent back; ARENA_NONE is allowed.
void arena_free(struct arena *arena, int64_t offset, size_t size);

#endif
