#ifndef RUNNER_SHAKE_H
#define RUNNER_SHAKE_H

// A shaken schedule: where the judge has set a seed, threads are held up for a moment around the
// calls by which they meet, so that orders which are rare become common.

#include <stdbool.h>

// May hold this thread up. errno stays.
void shake(void);

// Is a thread to be refused here, as if the system had none left?
bool shake_refuses(void);

// The calling thread is inside a call of an executor from here on, or no longer.
void shake_enter_executor(void);
void shake_leave_executor(void);
bool shake_is_in_executor(void);

#endif
