#include "judge/printed.h"
#include <string.h>
#include <unistd.h>

enum { READS = 64 }; // at a time: others want to be looked at, too

static void bytes_add(struct printed *printed, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++, printed->total++)
        if (printed->total < PRINTED_PART)
            printed->first[printed->total] = bytes[i];
        else
            printed->last[printed->total % PRINTED_PART] = bytes[i];
}

void printed_take(struct printed *printed, int fd)
{
    char bytes[4096];
    ssize_t size;
    for (int reads = 0; reads < READS; reads++) {
        size = read(fd, bytes, sizeof bytes);
        if (size <= 0) return;
        bytes_add(printed, bytes, (size_t)size);
    }
}

void printed_close(struct printed *printed)
{
    size_t first = printed->total < PRINTED_PART ? printed->total : PRINTED_PART;
    size_t rest = printed->total - first, start = 0;
    memcpy(printed->text, printed->first, first);
    if (rest >= PRINTED_PART) { // the ring is full: its oldest byte comes next
        rest = PRINTED_PART - 1;
        start = printed->total + 1;
    }
    for (size_t i = 0; i < rest; i++)
        printed->text[first + i] = printed->last[(start + i) % PRINTED_PART];
    printed->size = first + rest;
    printed->text[printed->size] = '\0';
}
