#ifndef JUDGE_WAITING_H
#define JUDGE_WAITING_H

// How many workers wait for slow calls at the same moment. What the calls say of themselves
// would be believed at one's own risk: one thread can send many, each with another thread's
// id. So it is looked from outside which thread reads which call's pipe.

#include <stdbool.h>
#include "7.1-submit/judge_calls.h"

// Calls without a reply that have a thread waiting, each another one; by_process: each in
// another process. root: the runner.
int calls_waiting(const struct calls *calls, pid_t root, bool by_process);

#endif
