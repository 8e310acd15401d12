#ifndef RUN_FOLDER_H
#define RUN_FOLDER_H

// The files of a folder whose names end alike, sorted by name:
//
//     struct folder folder;
//     int status = folder_open(&folder, "data/daily-stock", ".json");
//     for (size_t k = 0; k < folder.count; k++) puts(folder.paths[k]);
//     folder_close(&folder);

#include <stddef.h>

struct folder {
    size_t count;
    char **paths; // count strings, each the folder's path, `/` and a file's name
};

// Lists the files in path whose names end in suffix. The caller owns what folder
// then holds (folder_close). 0, or a negative errno, and folder is then empty.
int folder_open(struct folder *folder, const char *path, const char *suffix);

// Frees what folder holds and makes it empty.
void folder_close(struct folder *folder);

// The number of files in path whose names end in suffix; 0 where path cannot be
// read.
size_t folder_count(const char *path, const char *suffix);

// Where the name begins in path: behind the last `/`.
const char *path_name(const char *path);

#endif
