// Protocol 0 in the few letters needed: ( a mark, l a list since the mark, V a text
// up to the end of the line, a append it, I an integer, t a tuple since the mark, .
// the end. Python also numbers what it writes (p1); those lines are skipped.

#include "stocks/pandas_pickle.h"
#include "stocks/hdf5_session.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The code point that begins at *text, UTF-8; moves past it. Bytes that are no UTF-8
// stand for themselves.
static unsigned take_code_point(const unsigned char **text)
{
    const unsigned char *s = *text;
    int more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : s[0] >= 0xc0 ? 1 : 0;
    unsigned point = more == 0 ? s[0] : s[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xc0) != 0x80) {
            ++*text;
            return s[0];
        }
        point = point << 6 | (s[i] & 0x3fu);
    }
    *text += more + 1;
    return point;
}

// The text of a V: Latin-1, and \u for the rest and for what would end the line.
static void write_text(FILE *out, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        unsigned point = take_code_point(&at);
        if (point > 0xffff) {
            fprintf(out, "\\U%08x", point);
        } else if (point > 0xff || strchr("\\\n\r\x1a", (int)point)) {
            fprintf(out, "\\u%04x", point);
        } else {
            fputc((int)point, out);
        }
    }
}

static void write_list(FILE *out, char *const names[], size_t count)
{
    fputs("(l", out);
    for (size_t i = 0; i < count; i++) {
        fputc('V', out);
        write_text(out, names[i]);
        fputs("\na", out);
    }
}

// Closes a stream into memory. What it holds, or NULL: there was not enough of it. Closing alone
// does not say so.
static char *close_text(FILE *out, char **text)
{
    bool is_lost = ferror(out);
    if (fclose(out) == 0 && !is_lost) return *text;
    free(*text);
    errno = ENOMEM;
    return NULL;
}

static char *pickle(const char *before, char *const names[], size_t count,
                    const char *after)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out) return NULL;
    fputs(before, out);
    write_list(out, names, count);
    fputs(after, out);
    return close_text(out, &text);
}

char *pandas_pickle_names(char *const names[], size_t count)
{
    return pickle("", names, count, ".");
}

char *pandas_pickle_columns(char *const names[], size_t count)
{
    return pickle("(l(I1\n", names, count, "ta.");
}

// The next V of the pickle at *at: its text and length; moves past it. NULL: no
// more.
static const char *next_text(const char **at, size_t *length)
{
    for (const char *line = *at, *end; (end = strchr(line, '\n')) != NULL;
         line = end + 1) {
        while (line < end && strchr("a(ls", *line)) line++;
        if (*line != 'V') continue;
        *at = end + 1;
        *length = (size_t)(end - line) - 1;
        return line + 1;
    }
    return NULL;
}

long pandas_pickle_find(const char *pickled, const char *name)
{
    char *wanted = NULL;
    size_t wanted_length = 0, length;
    long index = 0, found = -1;
    FILE *out = hdf5_session_memory(open_memstream(&wanted, &wanted_length));
    if (!out) return -1;
    write_text(out, name);
    wanted = hdf5_session_memory(close_text(out, &wanted));
    for (const char *text;
         wanted && found < 0 && (text = next_text(&pickled, &length)); index++)
        if (length == wanted_length && memcmp(text, wanted, length) == 0)
            found = index;
    free(wanted);
    return found;
}

char *pandas_pickle_listing(const char *pickled)
{
    char *listing = NULL;
    size_t size, length;
    const char *comma = "";
    FILE *out = open_memstream(&listing, &size);
    if (!out) return NULL;
    for (const char *text; (text = next_text(&pickled, &length)); comma = ", ")
        fprintf(out, "%s%.*s", comma, (int)length, text);
    return close_text(out, &listing);
}
