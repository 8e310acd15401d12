#include "futures/executor.h"
struct executor *thread_pool_create(const struct pool_options *options)
{
    return textbook_pool_create(options);
}
