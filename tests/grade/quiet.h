#ifndef GRADE_QUIET_H
#define GRADE_QUIET_H

// Is the machine quiet? Asked before anything is timed.

// The part of the processors' time that is taken now, by whatever runs: 0 to 1; negative where
// the kernel does not tell. Watches for that long.
double quiet_busy_part(int watch_ms);

// Waits until it is below a tenth, at most limit_s; the part that was seen last.
double quiet_wait(int limit_s);

#endif
