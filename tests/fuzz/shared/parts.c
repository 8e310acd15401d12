#include "fuzz/shared/parts.h"
#include <string.h>

static void skip(struct parts *parts, size_t size)
{
    if (size > parts->size) size = parts->size;
    parts->bytes += size;
    parts->size -= size;
}

unsigned parts_number(struct parts *parts, unsigned limit)
{
    unsigned number = parts->size ? *parts->bytes % limit : 0;
    skip(parts, 1);
    return number;
}

int64_t parts_wide(struct parts *parts)
{
    int64_t number;
    parts_fill(parts, &number, sizeof number);
    return number;
}

const char *parts_text(struct parts *parts, char *text, size_t size)
{
    size_t used = 0, length = 0;
    while (length < parts->size && parts->bytes[length] &&
           parts->bytes[length] != '\n')
        length++;
    used = length < size ? length : size - 1;
    memcpy(text, parts->bytes, used);
    text[used] = '\0';
    skip(parts, length + 1);
    return text;
}

size_t parts_until(struct parts *parts, uint8_t mark, const uint8_t **begin)
{
    const uint8_t *end =
        parts->size ? memchr(parts->bytes, mark, parts->size) : NULL;
    size_t size = end ? (size_t)(end - parts->bytes) : parts->size;
    *begin = parts->bytes;
    skip(parts, size + 1);
    return size;
}

void parts_fill(struct parts *parts, void *object, size_t size)
{
    size_t there = size < parts->size ? size : parts->size;
    memset(object, 0, size);
    if (there) memcpy(object, parts->bytes, there);
    skip(parts, there);
}
