// Blocks that a thread keeps, in a list, until it ends. Workers keep none: they only free
// what others take. Under AddressSanitizer nobody does, so that it sees each use after free.

#include "futures/future_memory.h"
#include <pthread.h>
#include <stdlib.h>
#include "futures/executor.h"
#include "futures/must.h"

#ifdef __SANITIZE_ADDRESS__
enum { MOST_KEPT = 0 };
#else
enum { MOST_KEPT = 1 << 17 }; // 19 MB, and never more than were in use at a time
#endif

struct block {
    struct block *next;
};

static _Thread_local struct block *kept;
static _Thread_local int kept_count;
static pthread_key_t at_thread_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void free_kept(void *unused)
{
    for (struct block *next; kept; kept = next) {
        next = kept->next;
        free(kept);
    }
    kept_count = MOST_KEPT; // what other destructors free is not kept
}

static void create_key(void)
{
    MUST(pthread_key_create(&at_thread_end, free_kept));
}

void *future_memory_take(size_t size)
{
    if (size > FUTURE_BLOCK) return malloc(size);
    struct block *block = kept;
    if (!block) return malloc(FUTURE_BLOCK);
    kept = block->next;
    kept_count--;
    return block;
}

void future_memory_give(void *memory, bool usual)
{
    if (!usual || worker_executor || kept_count >= MOST_KEPT) {
        free(memory);
        return;
    }
    struct block *block = memory;
    if (!kept) { // the first: have it freed in the end
        pthread_once(&once, create_key);
        pthread_setspecific(at_thread_end, &once);
    }
    block->next = kept;
    kept = block;
    kept_count++;
}
