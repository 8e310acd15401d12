#ifndef FUZZ_PARTS_H
#define FUZZ_PARTS_H

// The bytes of an input, taken part by part, where a fuzzer makes more of them than a file. What
// is not there any more is 0 and "".
//
//     struct parts parts = {bytes, size};
//     while (parts.size) tree_add(parts_number(&parts, 3), parts_text(&parts, name, sizeof name));

#include <stddef.h>
#include <stdint.h>

struct parts {
    const uint8_t *bytes;
    size_t size;
};

// One byte, as a number below the limit.
unsigned parts_number(struct parts *parts, unsigned limit);

// Eight bytes: a number of any size.
int64_t parts_wide(struct parts *parts);

// A text up to a NUL or a line end, cut to fit. Returns text.
const char *parts_text(struct parts *parts, char *text, size_t size);

// The bytes up to the mark, a byte (or to the end): how many, and where they begin.
size_t parts_until(struct parts *parts, uint8_t mark, const uint8_t **begin);

// So many bytes of any object, zeros where there are no more.
void parts_fill(struct parts *parts, void *object, size_t size);

#endif
