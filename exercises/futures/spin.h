#ifndef FUTURES_SPIN_H
#define FUTURES_SPIN_H

// Looking around for a moment before sleeping: a wake-up costs more than that
// moment, but only if there is a CPU to spare. How many workers are awake is counted
// for the whole process, because CPUs are what it is about. It is a hint; nothing
// breaks when it is wrong.

#include <stdatomic.h>

extern _Atomic int workers_awake;

// How often a thread of this process has begun to wait for the result of a task that had not
// ended: what is submitted meanwhile is one task at a time, and not a stream of them.
extern _Alignas(64) _Atomic unsigned waits_begun;

// One turn of waiting, gentle on the other thread of the core.
static inline void spin_pause(void)
{
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}

// How many turns take so long; measured once.
int spin_turns(int microseconds);

// For a worker that is about to look for work: so many turns of waiting where tasks are submitted
// faster than they are waited for. A worker that keeps up with such a stream would look for each
// task as it comes, and every look takes the queue's line from the submitter: so it lets some
// come together. Where results are waited for one by one it does not wait: no more would come.
void spin_pace(int turns);

// How many turns are worth while for somebody who waits for one of so many workers that
// are awake: none unless there is one, and another CPU is left for us.
int spin_beside(int awake);

#endif
