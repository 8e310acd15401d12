#ifndef JUDGE_IMPORTER_H
#define JUDGE_IMPORTER_H

// The one way by which a submission's file comes in: it is opened once, never through a link,
// must be a small regular file, and is copied; everything later works on the copy.

#include <stdbool.h>
#include <stddef.h>

enum { IMPORT_LIMIT = 256 * 1024 };

// Copies NAME from the folder submission/EXERCISE/ or, where there is none, from submission/
// itself, to path. 0, or a negative errno with a sentence in text: -ENOENT (in neither
// place), -ELOOP (a link), -EINVAL (not a regular file), -EFBIG (over IMPORT_LIMIT bytes).
int import_file(const char *submission, const char *exercise, const char *name,
                const char *path, char *text, size_t size);

// Whether such an error says nothing of the submission: the one who copies was short of
// descriptors, memory, room on the disk.
bool import_is_unable(int status);

#endif
