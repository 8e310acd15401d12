#ifndef JUDGE_JSON_FILE_H
#define JUDGE_JSON_FILE_H

#include <jansson.h>

// What the file holds, the caller's (json_decref); NULL with errno ENOENT (there is none), EINVAL
// (it holds no JSON) or why it cannot be read.
json_t *json_file_read(const char *path);

#endif
