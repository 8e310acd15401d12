#ifndef GRADE_DURABLE_FILE_H
#define GRADE_DURABLE_FILE_H

// A file that is complete or absent, whatever ends the program or the machine: it is written under
// another name, reaches the disk, and is renamed.

#include <stddef.h>

// 0 or a negative errno; on failure the file that was there before is as it was.
int durable_file_write(const char *path, const void *bytes, size_t size);

// Makes a folder and those above it. 0, also when it is there, or a negative errno.
int durable_folder_make(const char *path);

#endif
