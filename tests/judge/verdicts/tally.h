#ifndef VERDICTS_TALLY_H
#define VERDICTS_TALLY_H

// The verdicts of a campaign, as they stand in its file: one JSON object a line, with the
// rounds that it was found from. Runs append to it, so they add up.
//
//     {"condition": "one-hog", "exercise": "7.2", "variant": "sequential", "executor":
//      "threads", "honest": false, "seed": 7, "expected": 1.79, "verdict": "fail", "score": 0,
//      "estimate": 0.98, "seconds": 1.9, "diagnosis": "...", "message": "...", "rounds": [...]}

#include "judge/verdict.h"
#include "judge/verdicts/measured.h"

// What others would have said about the same rounds.
enum rule { RULE_ONE_SHOT, RULE_BEST_OF_THREE, RULE_MEDIAN_OF_SEVEN, RULE_COUNT };

struct entry {
    char condition[32];
    char variant[64];
    char exercise[16];
    char executor[16];
    bool is_honest;
    enum verdict verdict;
    bool is_broken; // the judge found something else than a speed verdict
    double expected;
    double score; // the part of the points; NaN unless it passed
    double seconds;
    int count; // of rounds
    bool rule_passes[RULE_COUNT];
};

struct tally {
    struct entry *entries;
    size_t count;
};

// Reads a file; one that is not there is an empty tally. 0, or a negative errno: -EINVAL for a
// line that is none of ours.
int tally_read(const char *path, struct tally *tally);
void tally_close(struct tally *tally);

// Appends one verdict, to the tally and to the file. 0 or a negative errno.
int tally_append(struct tally *tally, const char *path,
                 const struct condition *condition, const struct variant *variant,
                 enum executor_kind executor, unsigned seed,
                 const struct measured *measured);

// Honest code that failed, other code that passed, and whatever broke.
bool entry_is_wrong(const struct entry *entry);

// Would the rule have wronged it? It has two verdicts only.
bool entry_rule_is_wrong(const struct entry *entry, enum rule rule);

// A ratio of wall times once; the best of three; the median of seven (of those there are).
void rules_apply(const struct round rounds[], int count, double threshold,
                 bool passes[RULE_COUNT]);

const char *rule_name(enum rule rule);

#endif
