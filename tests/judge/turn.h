#ifndef JUDGE_TURN_H
#define JUDGE_TURN_H

// Timed work takes turns, machine-wide: judges that run side by side test correctness at the
// same time, but never measure beside each other.

// Waits for the turn, at most ten minutes: after that, somebody who is no judge may be holding
// it, and it goes on without. A descriptor for turn_give, or -1 where there is no turn. The
// environment's WORKBOOK_TURN names another file than the machine's: tests do not measure.
int turn_take(void);

// Gives it to the next. -1 is allowed.
void turn_give(int turn);

#endif
