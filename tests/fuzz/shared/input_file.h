#ifndef FUZZ_INPUT_FILE_H
#define FUZZ_INPUT_FILE_H

// The bytes as a file, for readers that want a path, in the folder that SCRATCH names (fuzz.sh
// makes that in memory, and removes it).

#include <stddef.h>

// The path of a file that holds these bytes; borrowed, and good, until the next call.
const char *input_file(const void *bytes, size_t size);

#endif
