#ifndef JUDGE_DIAGNOSIS_H
#define JUDGE_DIAGNOSIS_H

// A speed verdict in words: what is in the way, from the same evidence. No clock is touched.

#include "judge/verdict.h"

struct diagnosis {
    const char *name; // "submit-then-wait", "one big lock", ...; "" for a pass
    char text[400];   // the sentence for the student
};

struct diagnosis speed_diagnose(const struct speed *speed);

#endif
