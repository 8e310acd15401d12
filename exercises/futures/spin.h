#ifndef FUTURES_SPIN_H
#define FUTURES_SPIN_H

// Looking around for a moment before sleeping: a wake-up costs more than that
// moment, but only if there is a CPU to spare. How many workers are awake is counted
// for the whole process, because CPUs are what it is about. It is a hint; nothing
// breaks when it is wrong.

#include <stdatomic.h>

extern _Atomic int workers_awake;

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

// How many turns are worth while for somebody who waits for one of so many workers that
// are awake: none unless there is one, and another CPU is left for us.
int spin_beside(int awake);

#endif
