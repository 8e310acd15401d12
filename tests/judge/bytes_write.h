#ifndef JUDGE_BYTES_WRITE_H
#define JUDGE_BYTES_WRITE_H

#include <stddef.h>

// Writes all of it, in as many parts as it takes. 0 or a negative errno.
int bytes_write(int fd, const void *bytes, size_t size);

#endif
