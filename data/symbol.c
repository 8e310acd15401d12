// Ticker symbols, drawn letter by letter after a few patterns.

#include "symbol.h"
#include "random_stream.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// c: a consonant, v: a vowel.
static const char *const PATTERNS[] = {"cvc", "cvcc", "ccvc", "vcc", "vccv", "cvcv"};
static const char CONSONANTS[] = "BCDFGHJKLMNPQRSTVWXZ";
static const char VOWELS[] = "AEIOUY";

enum { PATTERN_COUNT = sizeof PATTERNS / sizeof *PATTERNS };

static void draw(struct random_stream *stream, char symbol[SYMBOL_SIZE])
{
    const char *pattern =
        PATTERNS[random_stream_between(stream, 0, PATTERN_COUNT - 1)];
    size_t length = strlen(pattern);
    for (size_t i = 0; i < length; i++) {
        const char *letters = pattern[i] == 'c' ? CONSONANTS : VOWELS;
        symbol[i] =
            letters[random_stream_between(stream, 0, (int64_t)strlen(letters) - 1)];
    }
    symbol[length] = '\0';
}

static bool is_taken(char (*symbols)[SYMBOL_SIZE], size_t count, const char *symbol)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(symbols[i], symbol) == 0) return true;
    return false;
}

char (*symbols_create(uint64_t seed, size_t count))[SYMBOL_SIZE]
{
    struct random_stream stream = random_stream_start(seed, UINT64_MAX);
    char(*symbols)[SYMBOL_SIZE] = calloc(count, SYMBOL_SIZE);
    for (size_t i = 0; symbols && i < count; i++) {
        do {
            draw(&stream, symbols[i]);
        } while (is_taken(symbols, i, symbols[i]));
    }
    return symbols;
}
