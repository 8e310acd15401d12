#ifndef FUZZ_ARCHIVE_MAKER_H
#define FUZZ_ARCHIVE_MAKER_H

// Archives that are whole, but hold what nobody would put in one: libarchive checks sums, so that
// hardly any bytes at random are an archive that it reads on.

#include "fuzz/shared/input_file.h"
#include "fuzz/shared/parts.h"

// The path of an archive (input_file). The first byte of the parts says which kind, or that the
// rest is taken as it is; then come members: a kind, a name, what a link names, a size.
const char *archive_make(struct parts *parts);

#endif
