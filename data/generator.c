// Generates stock data into a new folder:
//     generator FOLDER [SIZE=daily|lesson|unequal] [SYMBOLS=30] [DAYS=2520] [SEED=1]
// The words are those of `make data`. SIZE sets all others to its own values,
// wherever it stands.

#include "stock_data.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The value of KEY=value; NULL for another key.
static const char *value_of(const char *word, const char *key)
{
    size_t length = strlen(key);
    return strncmp(word, key, length) == 0 && word[length] == '=' ? word + length + 1
                                                                  : NULL;
}

// A whole number from least to most, in digits alone; -EINVAL for anything else.
static int read_number(const char *text, uint64_t least, uint64_t most,
                       uint64_t *number)
{
    if (!*text || strspn(text, "0123456789") != strlen(text)) return -EINVAL;
    errno = 0;
    *number = strtoull(text, NULL, 10);
    return errno || *number < least || *number > most ? -EINVAL : 0;
}

static int read_size(const char *text, struct stock_data_options *options)
{
    if (strcmp(text, "daily") == 0)
        *options = STOCK_DATA_DAILY;
    else if (strcmp(text, "lesson") == 0)
        *options = STOCK_DATA_LESSON;
    else if (strcmp(text, "unequal") == 0)
        *options = STOCK_DATA_UNEQUAL;
    else
        return -EINVAL;
    return 0;
}

static int read_word(const char *word, struct stock_data_options *options)
{
    uint64_t number = 0;
    const char *text;
    if (value_of(word, "SIZE")) return 0;
    if ((text = value_of(word, "SEED")))
        return read_number(text, 0, UINT64_MAX, &options->seed);
    if ((text = value_of(word, "SYMBOLS"))) {
        if (read_number(text, 1, MOST_SYMBOLS, &number) < 0) return -EINVAL;
        options->symbol_count = number;
    } else if ((text = value_of(word, "DAYS"))) {
        if (read_number(text, 1, MOST_DAYS, &number) < 0) return -EINVAL;
        options->day_count = number;
        options->bar_count = 0;
    } else {
        return -EINVAL;
    }
    return 0;
}

static int refuse(const char *word)
{
    fprintf(stderr,
            "%s: not understood; SIZE is daily, lesson or unequal, SYMBOLS 1 to %d, "
            "DAYS 1 to %d, SEED a whole number\n",
            word, MOST_SYMBOLS, MOST_DAYS);
    return 2;
}

int main(int count, char *words[])
{
    if (count < 2) return refuse("no folder");
    struct stock_data_options options = STOCK_DATA_DAILY;
    for (int i = 2; i < count; i++) {
        const char *size = value_of(words[i], "SIZE");
        if (size && read_size(size, &options) < 0) return refuse(words[i]);
    }
    for (int i = 2; i < count; i++)
        if (read_word(words[i], &options) < 0) return refuse(words[i]);

    int status = stock_data_generate(&options, words[1]);
    if (status < 0) {
        fprintf(stderr, "%s could not be written: %s\n", words[1],
                strerror(-status));
        return 1;
    }
    return 0;
}
