#ifndef LADDER_STEPS_H
#define LADDER_STEPS_H

// The steps of tests/7.3-correlations/ladder.txt, from the sequential code up.

enum { LADDER_MOST = 16 };

struct ladder_step {
    // As fast as the sequential code, on one processor of this machine's kind.
    double times;
    char name[16];  // "units"
    char idea[160]; // what to do, in a sentence
};

struct ladder {
    int count;
    struct ladder_step steps[LADDER_MOST];
};

// Reads the file; column is 0 for machines with AVX-512, 1 with AVX2, 2 for all others. 0 or a
// negative errno; -EINVAL where a line is not three numbers that do not fall, a name, an idea.
int ladder_read(struct ladder *ladder, const char *path, int column);

// The step whose gain is nearest to so many times, counted in factors: three times too little
// is as far as three times too much. -1 for what is slower than the first step by half.
int ladder_place(const struct ladder *ladder, double times);

#endif
