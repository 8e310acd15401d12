#ifndef JUDGE_DURABLE_FILE_H
#define JUDGE_DURABLE_FILE_H

// A file that is complete or absent, whatever ends the program or the machine: it is written under
// another name, reaches the disk, and is renamed. One writer a path at a time.

#include <stddef.h>

struct json_t;

// 0 or a negative errno; on failure the file that was there before is as it was.
int durable_file_write(const char *path, const void *bytes, size_t size);

// The same with a JSON object as text, each level indented by so many blanks.
int durable_json_write(const char *path, const struct json_t *object, size_t indent);

// Makes a folder and those above it. 0, also when it is there, or a negative errno.
int durable_folder_make(const char *path);

#endif
