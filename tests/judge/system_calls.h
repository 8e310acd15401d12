#ifndef JUDGE_SYSTEM_CALLS_H
#define JUDGE_SYSTEM_CALLS_H

// The system calls that a box refuses with EPERM, as a seccomp filter: what reaches other
// processes, the network or the kernel's inside, and what would bend a measurement (choosing
// processors, priorities and schedulers). LeakSanitizer stops its own process with ptrace: for
// it that one call can be let through.

#include <stdbool.h>

// Puts the filter on the calling thread and all that it starts. 0 or a negative errno.
int system_calls_refuse(bool with_ptrace);

// The filter as bytes in a memfd, the form that bubblewrap takes. The caller closes it.
// A negative errno when there is none.
int system_calls_memfd(bool with_ptrace);

#endif
