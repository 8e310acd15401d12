// Blocks that a thread keeps, in a list a size, until it ends. Workers keep none: they only
// free what others take. Under AddressSanitizer nobody does, so that it sees each use after
// free.

#include "futures/future_memory.h"
#include <pthread.h>
#include <stdlib.h>
#include "futures/executor.h"
#include "futures/must.h"

enum { SMALL, MEDIUM, LARGE, KINDS_KEPT = LARGE };

// Small: 24 bytes of args and result. Both are 8 less than a multiple of 16, the allocator's own.
static const size_t sizes[KINDS_KEPT] = {104, 216};

// Of a size: 15 or 29 MB, and never more than were in use at a time.
#ifdef __SANITIZE_ADDRESS__
enum { MOST_KEPT = 0 };
#else
enum { MOST_KEPT = 1 << 17 };
#endif

struct block {
    struct block *next;
};

static _Thread_local struct block *kept[KINDS_KEPT];
static _Thread_local int kept_count[KINDS_KEPT];
static _Thread_local bool has_ended;
static pthread_key_t at_thread_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void free_kept(void *unused)
{
    has_ended = true; // what other destructors free is not kept
    for (int kind = 0; kind < KINDS_KEPT; kind++)
        for (struct block *next; kept[kind]; kept[kind] = next) {
            next = kept[kind]->next;
            free(kept[kind]);
        }
}

static void create_key(void)
{
    MUST(pthread_key_create(&at_thread_end, free_kept));
}

void *future_memory_take(size_t size, int8_t *kind)
{
    *kind = size <= sizes[SMALL] ? SMALL : size <= sizes[MEDIUM] ? MEDIUM : LARGE;
    if (*kind == LARGE) return malloc(size);
    struct block *block = kept[*kind];
    if (!block) return malloc(sizes[*kind]);
    kept[*kind] = block->next;
    kept_count[*kind]--;
    return block;
}

void future_memory_give(void *memory, int8_t kind)
{
    if (kind == LARGE || worker_executor || has_ended ||
        kept_count[kind] >= MOST_KEPT) {
        free(memory);
        return;
    }
    struct block *block = memory;
    if (!kept[kind]) { // the first: have it freed in the end
        pthread_once(&once, create_key);
        pthread_setspecific(at_thread_end, &once);
    }
    block->next = kept[kind];
    kept[kind] = block;
    kept_count[kind]++;
}
