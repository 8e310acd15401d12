#ifndef JUDGE_EXERCISE_H
#define JUDGE_EXERCISE_H

// The exercises that this judge knows. Each one's folder tests/7.x-title/ has a judge.c that
// registers itself before main, so that nothing lists them:
//
//     static void lines(struct rubric *rubric) { rubric_add(rubric, ...); }
//     EXERCISE("7.1-submit", lines)

#include <stdbool.h>
#include <stdint.h>
#include "judge/box.h"

enum { EXERCISE_LIMIT = 32, PATH_SIZE = 4096 };

struct rubric;
typedef void exercise_lines_fn(struct rubric *rubric);

enum build_status { BUILD_OK, BUILD_FAILED, BUILD_MISSING };

struct exercise {
    const char *folder;       // "7.1-submit"
    char id[16];              // "7.1"
    const char *title;        // "submit"; the student's file is submit.c
    exercise_lines_fn *lines; // adds the rubric's lines
    char tests[PATH_SIZE];    // tests/7.1-submit: points.txt and its like
    // What became of the submission, set before any test runs:
    enum build_status build;
    char build_message[4096]; // the compiler's own words, or why there is no file
    char source_hash[65];   // SHA-256 of the student's file, in hex; "" when missing
    char runner[PATH_SIZE]; // the runner with the student's code
    char baseline[PATH_SIZE];        // the runner with the judge's sequential code
    uint64_t seed;                   // all that is random is drawn from it
    const struct box *box;           // where both run
    const struct build_place *place; // where they are built
    // File for the first failing test's request, and only so far; or NULL.
    const char *keep;
};

// Registers an exercise; at most EXERCISE_LIMIT. Called before main.
void exercise_register(const char *folder, exercise_lines_fn *lines);

// The registered exercises, sorted by id; how many in *count.
struct exercise *exercises(unsigned *count);

#define EXERCISE(folder, lines)                                                     \
    __attribute__((constructor)) static void exercise_register_this(void)           \
    {                                                                               \
        exercise_register(folder, lines);                                           \
    }

#endif
