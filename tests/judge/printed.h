#ifndef JUDGE_PRINTED_H
#define JUDGE_PRINTED_H

// What a program printed: its beginning and its end, however much came between.

#include <stddef.h>

enum { PRINTED_PART = 32768 };

struct printed {
    size_t total;                // bytes that came
    char first[PRINTED_PART];    // the first of them,
    char last[PRINTED_PART];     // and of those behind them the last ones, in a ring
    char text[2 * PRINTED_PART]; // both, after printed_close
    size_t size;
};

// Takes what can be read now, without waiting. It is thrown away where there is no room, so
// that a program that prints without end neither blocks nor fills anything.
void printed_take(struct printed *printed, int fd);

// Puts text and size together.
void printed_close(struct printed *printed);

#endif
