#ifndef VERDICTS_SUMMARY_H
#define VERDICTS_SUMMARY_H

// Counts over a part of a campaign: a condition's honest code, a variant in all conditions.

#include "judge/verdicts/tally.h"

struct part {
    const char *condition; // NULL: all
    const char *variant;   // NULL: all
    const char *exercise;  // NULL: all
    const char *executor;  // NULL: all
    int honest;            // 1: honest code, 0: other code, -1: both
};

struct summary {
    size_t count;
    size_t verdicts[VERDICT_UNMEASURED + 1];
    size_t wrong;
    size_t judged_by_rules; // those that have rounds
    size_t wrong_by_rule[RULE_COUNT];
    double seconds_median, seconds_p95; // NaN: there are none
    double score_p5, score_p95;         // of those that passed
};

struct summary summary_of(const struct tally *tally, const struct part *part);

#endif
