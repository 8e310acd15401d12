#ifndef JUDGE_ATTEMPTS_H
#define JUDGE_ATTEMPTS_H

// What a student has tried so far: a file of JSON lines, one for each exercise of each check,
// the oldest first:
//
//     {"time": 1700000000, "id": "7.1", "points": 14.0, "pending_points": 16.0,
//      "max_points": 30.0, "quick": true, "source_hash": "9f86...", "next": "threads: speed"}

#include <stdbool.h>
#include <stdint.h>
#include "judge/results.h"

struct attempt {
    int64_t time_s; // since 1970
    double points;
    double pending_points;
    double max_points;
    bool is_quick;        // without speed and sanitizers
    char next[NAME_SIZE]; // the line to mend; "": none failed, or it did not compile
};

struct attempts_sum {
    unsigned count;
    struct attempt best; // of the most points; of equal ones the last
    struct attempt last;
};

// Adds a line for every exercise of the grading. 0 or a negative errno.
int attempts_add(const struct grading *grading, bool is_quick, const char *path);

typedef void attempt_fn(const struct attempt *attempt, void *context);

// Visits the attempts at one exercise, the oldest first; no file: none. What is no line of that
// form is skipped. 0 or a negative errno.
int attempts_each(const char *path, const char *id, attempt_fn *visit,
                  void *context);

// Sums up the attempts at one exercise, as attempts_each finds them. 0 or a negative errno.
int attempts_read(const char *path, const char *id, struct attempts_sum *sum);

#endif
