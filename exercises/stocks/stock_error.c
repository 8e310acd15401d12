// The sentence of a failure. A path can be longer than the room for the whole
// sentence, so only its end is shown: the reason must never be what is cut off.

#include "stocks/stock_error.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *shown_path(const char *path, const char **dots)
{
    size_t length = strlen(path);
    *dots = length > STOCK_ERROR_PATH_MAX ? "..." : "";
    return length > STOCK_ERROR_PATH_MAX ? path + length - STOCK_ERROR_PATH_MAX
                                         : path;
}

// How many bytes the character has that begins here; 0: it is none of UTF-8, or it
// would command a terminal.
static size_t character_size(const unsigned char *at)
{
    size_t size = at[0] < 0x80   ? 1
                  : at[0] < 0xc2 ? 0
                  : at[0] < 0xe0 ? 2
                  : at[0] < 0xf0 ? 3
                  : at[0] < 0xf5 ? 4
                                 : 0;
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    bool is_command =
        at[0] < ' ' || at[0] == 0x7f || (at[0] == 0xc2 && at[1] < 0xa0);
    return is_command ? 0 : size;
}

// Keys and names come from files of anybody, and a cut may leave half a character.
static void make_printable(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at;) {
        size_t size = character_size(at);
        if (size == 0) *at = '?';
        at += size ? size : 1;
    }
}

static void append_reason(struct stock_error *error, int used, const char *format,
                          va_list arguments)
{
    size_t begin = used < 0 ? 0 : (size_t)used;
    if (begin < sizeof error->text)
        vsnprintf(error->text + begin, sizeof error->text - begin, format,
                  arguments);
    make_printable(error->text);
}

int stock_error_set(struct stock_error *error, const char *path, int status,
                    const char *format, ...)
{
    if (!error) return status;
    const char *dots, *shown = shown_path(path, &dots);
    int used = snprintf(error->text, sizeof error->text, "%s%s: ", dots, shown);
    va_list arguments;
    va_start(arguments, format);
    append_reason(error, used, format, arguments);
    va_end(arguments);
    return status;
}

int stock_error_set_at(struct stock_error *error, const char *path, size_t line,
                       size_t column, int status, const char *format, ...)
{
    if (!error) return status;
    const char *dots, *shown = shown_path(path, &dots);
    int used = snprintf(error->text, sizeof error->text, "%s%s:%zu:%zu: ", dots,
                        shown, line, column);
    va_list arguments;
    va_start(arguments, format);
    append_reason(error, used, format, arguments);
    va_end(arguments);
    return status;
}
