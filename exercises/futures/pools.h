#ifndef FUTURES_POOLS_H
#define FUTURES_POOLS_H

// The three pools, each of which is an executor (futures/executor.h): one constructor a kind, as
// executor_create, which adds only how many workers there are where nobody says.

#include "futures/futures.h"

struct executor *textbook_pool_create(const struct pool_options *options);
struct executor *thread_pool_create(const struct pool_options *options);
struct executor *process_pool_create(const struct pool_options *options);

#endif
