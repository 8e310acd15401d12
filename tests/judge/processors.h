#ifndef JUDGE_PROCESSORS_H
#define JUDGE_PROCESSORS_H

// What this process may use of the machine: who is given less than two processors at the same
// time cannot show that work is done twice as fast on two.

// How many processors' time it may have: 1.5 under a control group's quota of 1.5.
double processors_granted(void);

// On how many cores its processors are; two that share one core count once. Where the kernel
// does not tell, each counts as a core.
int processors_cores(void);

#endif
