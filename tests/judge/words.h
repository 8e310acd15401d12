#ifndef JUDGE_WORDS_H
#define JUDGE_WORDS_H

// A command line in the making: words are added until it is handed to execvp.
//
//     struct words words = {0};
//     WORDS_ADD(&words, "bwrap", "--unshare-all");

enum { WORDS_LIMIT = 192 };

struct words {
    const char *values[WORDS_LIMIT]; // borrowed; the one after the last is NULL
    int count;
};

// Adds words up to the NULL that ends them; what is beyond the limit is left out.
static inline void words_add(struct words *words, const char *const more[])
{
    for (; *more && words->count < WORDS_LIMIT - 1; more++)
        words->values[words->count++] = *more;
}

#define WORDS_ADD(words, ...)                                                       \
    words_add(words, (const char *const[]){__VA_ARGS__, NULL})

#endif
