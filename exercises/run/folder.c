// One pass over the folder with scandir, which sorts and knows no limit but memory.
// Names are compared byte by byte, so the order is the same in every language of the
// user.

#include "run/folder.h"
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_in(const char *name, const char *suffix)
{
    size_t length = strlen(name), suffix_length = strlen(suffix);
    return length > suffix_length && !strcmp(name + length - suffix_length, suffix);
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void free_entries(struct dirent **entries, int count)
{
    for (int k = 0; k < count; k++) free(entries[k]);
    free(entries);
}

int folder_open(struct folder *folder, const char *path, const char *suffix)
{
    *folder = (struct folder){0};
    struct dirent **entries = NULL;
    int entry_count = scandir(path, &entries, NULL, compare_names);
    if (entry_count < 0) return -errno;
    int status = 0;
    folder->paths = calloc((size_t)entry_count + 1, sizeof *folder->paths);
    if (!folder->paths) status = -ENOMEM;
    for (int k = 0; k < entry_count && status == 0; k++) {
        if (!ends_in(entries[k]->d_name, suffix)) continue;
        char **slot = &folder->paths[folder->count];
        if (asprintf(slot, "%s/%s", path, entries[k]->d_name) < 0)
            status = -ENOMEM;
        else
            folder->count++;
    }
    free_entries(entries, entry_count);
    if (status) folder_close(folder);
    return status;
}

void folder_close(struct folder *folder)
{
    for (size_t k = 0; k < folder->count; k++)
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): what is counted is there
        free(folder->paths[k]);
    free(folder->paths);
    *folder = (struct folder){0};
}

size_t folder_count(const char *path, const char *suffix)
{
    DIR *folder = opendir(path);
    if (!folder) return 0;
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder));)
        count += ends_in(entry->d_name, suffix);
    closedir(folder);
    return count;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
