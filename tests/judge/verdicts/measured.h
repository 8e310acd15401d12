#ifndef VERDICTS_MEASURED_H
#define VERDICTS_MEASURED_H

// One verdict, found as make check finds it: by the exercise's own line, in a process of its
// own, when its turn has come.

#include "judge/trial.h"
#include "judge/verdicts/condition.h"
#include "judge/verdicts/variant.h"

struct measured {
    bool is_whole; // the process got as far as a verdict
    enum line_status status;
    struct speed speed;
    char diagnosis[48];
    char message[MESSAGE_SIZE];
    double seconds; // without the wait for the turn
    int count;
    struct round rounds[ROUND_LIMIT];
};

// Adds the exercises' lines to a rubric, so that their speed lines can be found. 0 or a
// negative errno.
int measured_prepare(struct rubric *rubric);

// Measures, under a condition that has begun, with everything random drawn from the seed. The
// result is valid until the next call. NULL with errno. mode: how; its watch is not used.
const struct measured *measured_find(const struct rubric *rubric,
                                     const struct variant *variant,
                                     enum executor_kind executor,
                                     const struct condition *condition,
                                     const struct load *load, unsigned seed,
                                     const struct trial_mode *mode);

#endif
