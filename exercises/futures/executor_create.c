// Which pool stands behind a kind, and how many workers it has by itself. Nothing else knows all
// three.

#include <errno.h>
#include "futures/pools.h"

enum { MOST_DEFAULT_THREADS = 32, EXTRA_THREADS = 4 };

static int default_threads(void)
{
    // Some of them wait for files.
    int threads = executor_cpu_count() + EXTRA_THREADS;
    return threads < MOST_DEFAULT_THREADS ? threads : MOST_DEFAULT_THREADS;
}

struct executor *executor_create(enum executor_kind kind,
                                 const struct pool_options *options)
{
    struct pool_options sized = options ? *options : (struct pool_options){0};
    if (sized.workers == 0)
        sized.workers =
            kind == EXECUTOR_PROCESSES ? executor_cpu_count() : default_threads();
    switch (kind) {
    case EXECUTOR_THREADS:
        return thread_pool_create(&sized);
    case EXECUTOR_PROCESSES:
        return process_pool_create(&sized);
    case EXECUTOR_TEXTBOOK:
        return textbook_pool_create(&sized);
    }
    errno = EINVAL;
    return NULL;
}
