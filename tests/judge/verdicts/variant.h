#ifndef VERDICTS_VARIANT_H
#define VERDICTS_VARIANT_H

// A submission whose speed verdict is known: tests/judge/verdicts/7.x-title/NAME.c. Such a
// file holds the one function that is timed; what is handed in is the exercise's baseline, its
// function renamed `baseline`, then given.c, then the file. It begins with
//
//     // what it is
//     // verdict: never fail        (or: never pass)

#include <stdbool.h>
#include "judge/exercise.h"

enum { VARIANT_LIMIT = 64 };

struct variant {
    char name[64];
    char words[256];
    bool is_honest;
    struct exercise *exercise;
    char runner[PATH_SIZE]; // "" until it is built
};

// Lists the variants of the registered exercises; how many, or a negative errno.
int variants_list(const char *root, struct variant variants[VARIANT_LIMIT]);

// Compiles one with the judge's own builder, in the exercise's box. place->output is where. 0,
// or a negative errno with what the compiler said in exercise->build_message.
int variant_build(struct variant *variant, const struct build_place *place);

#endif
