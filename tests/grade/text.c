#include "grade/text.h"
#include "judge/needed_memory.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LONGEST = 120 };

char *text_format(const char *format, ...)
{
    va_list arguments;
    char *text;
    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0) needed(NULL);
    va_end(arguments);
    return text;
}

// How many bytes the character has that begins here; 0: it is none of UTF-8.
static unsigned character_size(const unsigned char *at)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned size = *at < 0x80             ? 1
                    : (*at & 0xe0) == 0xc0 ? 2
                    : (*at & 0xf0) == 0xe0 ? 3
                    : (*at & 0xf8) == 0xf0 ? 4
                                           : 0;
    if (size < 2) return size;
    uint32_t code = *at & (0x7fu >> size);
    for (unsigned i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        code = code << 6 | (at[i] & 0x3f);
    }
    bool is_half = code >= 0xd800 && code <= 0xdfff;
    return code < least[size] || code > 0x10ffff || is_half ? 0 : size;
}

char *text_valid(const char *bytes)
{
    char *text = needed(malloc(3 * strlen(bytes) + 1)), *end = text;
    while (*bytes) {
        unsigned size = character_size((const unsigned char *)bytes);
        if (size == 0) {
            end += sprintf(end, "%%%02X", (unsigned char)*bytes++);
            continue;
        }
        memcpy(end, bytes, size);
        end += size;
        bytes += size;
    }
    *end = '\0';
    return text;
}

static uint64_t number_of(const char *text)
{
    uint64_t number = 14695981039346656037u; // FNV-1a
    while (*text) number = (number ^ (unsigned char)*text++) * 1099511628211u;
    return number;
}

char *text_file_name(const char *text)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "0123456789._-";
    size_t size = 3 * strlen(text) + NAME_LONGEST;
    char *name = needed(malloc(size)), *end = name;
    for (const char *at = text; *at; at++)
        if (strchr(safe, *at) && !(at == text && strchr(".-", *at)))
            *end++ = *at;
        else
            end += sprintf(end, "%%%02X", (unsigned char)*at);
    *end = '\0';
    if (end - name > NAME_LONGEST)
        snprintf(name + NAME_LONGEST - 17, 18, "-%016llx",
                 (unsigned long long)number_of(text));
    return name;
}

bool text_ends(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

void text_add(char **list, const char *more)
{
    char *longer = *list && **list ? text_format("%s; %s", *list, more)
                                   : text_format("%s", more);
    free(*list);
    *list = longer;
}
