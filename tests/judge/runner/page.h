#ifndef RUNNER_PAGE_H
#define RUNNER_PAGE_H

// The page that a runner shares with the judge, and its forked workers with both.

#include "judge/protocol.h"

// The page, mapped at the first call; NULL when there is none. It stays.
struct runner_page *runner_page(void);

#endif
