#ifndef VERDICTS_CONDITION_H
#define VERDICTS_CONDITION_H

// The conditions under which verdicts must be right.

#include <stddef.h>
#include "judge/verdicts/hog.h"

enum { CONDITION_HOGS = 2 };

struct condition {
    const char *name;  // "two-hogs"
    const char *words; // for a page
    int hogs;
    enum hog_kind hog;
    int processors;  // that the judge may use; 0: all
    double quota;    // of processors, by a control group; 0: none
    int is_unseen;   // the judge cannot read the quota
    unsigned target; // verdicts that make a campaign
};

// All of them; how many in *count.
const struct condition *conditions(size_t *count);

// What is running for a condition.
struct load {
    pid_t hog[CONDITION_HOGS];
    char group[256]; // the control group's folder; "": none
};

// Starts what belongs to it, for at most `seconds`; `folder` is for the disk's file. 0, or a
// negative errno: -ENOTSUP where this machine's control groups cannot be used.
int condition_begin(const struct condition *condition, unsigned seconds,
                    const char *folder, struct load *load);

// In the process that will measure: takes the processors and the group. 0 or a negative errno.
int condition_enter(const struct condition *condition, const struct load *load);

void condition_end(struct load *load);

#endif
