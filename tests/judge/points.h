#ifndef JUDGE_POINTS_H
#define JUDGE_POINTS_H

// What the lines of a rubric are worth: tests/7.x/points.txt, one line `POINTS NAME` a test.
// What follows a # is a comment. And what the reference reaches: tests/7.x/speedup.txt, one
// line `SPEEDUP threads` or `SPEEDUP processes`.

#include <stddef.h>
#include "judge/rubric.h"

// Gives every line of the exercise its max_points. 0, or a negative errno with a sentence in
// text: -ENOENT (no such file), -EINVAL (a bad line, a test without points, points without a
// test).
int points_load(struct rubric *rubric, const struct exercise *exercise,
                const char *path, char *text, size_t size);

// The number that stands before name in a file of that form. 0, -ENOENT or -EINVAL.
int points_find(const char *path, const char *name, double *number);

// Gives every line of the rubric its points and pending points (multiples of 0.1), from the
// verdicts: a gate pays only where the concurrency line of its executor passed.
void points_assign(struct rubric *rubric);

struct points_sum {
    double points;
    double pending_points;
    double max_points;
};

// The sums over an exercise's lines; exercise NULL: over all.
struct points_sum points_sum(const struct rubric *rubric,
                             const struct exercise *exercise);

#endif
