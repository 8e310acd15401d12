#ifndef GRADE_SIMILAR_H
#define GRADE_SIMILAR_H

// Which submissions are alike, beyond what was given to all: pairs that a person should look at.
// What is alike need not be copied, so nothing here touches points or flags.

#include <stdbool.h>
#include <stddef.h>
#include "grade/workbook.h"

struct course;

struct similar_pair {
    unsigned exercise;
    size_t a, b;             // the submissions' numbers, a < b
    size_t text_a, text_b;   // their texts' numbers, see likeness.h
    size_t words_a, words_b; // own ones
    double likeness;         // per cent of both's own words that the other has, too
    double rank;             // 0: as alike as the class's median pair, 1: the same
};

struct similar {
    char *reason; // why nothing was compared; NULL
    struct similar_exercise {
        size_t compared;  // submissions
        size_t too_short; // too little of their own to tell anything
        size_t too_long;
        double
            median; // likeness of the class's middle pair; 0 among fewer than three
    } exercises[WORKBOOK_LIMIT];
    struct similar_pair *pairs; // those above the median, highest rank first
    size_t count;
};

// Compares all; what cannot be is said in a sentence on standard error and in reason. Keeps what
// it measured in OUT/.similar/, so that the next call compares only a class that has changed.
// 0, also where nothing can be compared (no sim_c, too many), or the negative errno of a step
// that failed and may not fail the next time.
int similar_find(struct similar *similar, const struct course *course);
void similar_close(struct similar *similar);

// Sets reason instead. Copied.
void similar_leave_out(struct similar *similar, const char *reason);

#endif
