#ifndef STOCKS_WHOLE_FILE_H
#define STOCKS_WHOLE_FILE_H

// A file that appears complete or not at all. Internal.

#include <stddef.h>

// Puts the bytes into a file that then takes the place of path, whatever that was.
// 0, or a negative errno; path is then as it was and nothing else is left in its
// folder.
int whole_file_write(const char *path, const void *bytes, size_t size_bytes);

#endif
