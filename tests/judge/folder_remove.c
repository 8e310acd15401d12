// No path is longer than a name: folders inside folders are moved up to the top one, level by
// level, until none is left, so it needs neither recursion nor many descriptors.

#include "judge/folder_remove.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

// Opens a folder for changing, whatever its owner took away. NULL and errno.
static DIR *folder_open(int parent, const char *name)
{
    struct stat what;
    if (fstatat(parent, name, &what, AT_SYMLINK_NOFOLLOW) < 0) return NULL;
    if (!S_ISDIR(what.st_mode)) {
        errno = ENOTDIR;
        return NULL;
    }
    fchmodat(parent, name, 0700, 0);
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (fd >= 0 && !folder) close(fd);
    return folder;
}

// Moves a folder out of another one into the top, under a name that is free there.
static bool folder_lift(int from, const char *name, int top)
{
    static unsigned number;
    char lifted[32];
    fchmodat(from, name, 0700, 0);
    for (int tries = 0; tries < 1000; tries++) {
        snprintf(lifted, sizeof lifted, "lifted-%u", number++);
        if (renameat(from, name, top, lifted) == 0) return true;
        if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR) return false;
    }
    return false;
}

// Empties a folder of the top: files go, folders move up. Then it goes, too.
static bool subfolder_remove(int top, const char *name)
{
    DIR *folder = folder_open(top, name);
    if (!folder) return false;
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *inner = entry->d_name;
        if (is_dots(inner) || unlinkat(dirfd(folder), inner, 0) == 0) continue;
        if (unlinkat(dirfd(folder), inner, AT_REMOVEDIR) == 0) continue;
        folder_lift(dirfd(folder), inner, top);
    }
    closedir(folder);
    return unlinkat(top, name, AT_REMOVEDIR) == 0;
}

// Goes through the folder once; whether anything went.
static bool entries_remove(DIR *folder)
{
    bool has_changed = false;
    rewinddir(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (is_dots(entry->d_name)) continue;
        has_changed |= unlinkat(dirfd(folder), entry->d_name, 0) == 0 ||
                       subfolder_remove(dirfd(folder), entry->d_name);
    }
    return has_changed;
}

int folder_remove(const char *path)
{
    DIR *folder = folder_open(AT_FDCWD, path);
    if (!folder && errno == ENOTDIR) return unlink(path) < 0 ? -errno : 0;
    if (!folder) return errno == ENOENT ? 0 : -errno;
    while (entries_remove(folder))
        ;
    closedir(folder);
    return rmdir(path) < 0 ? -errno : 0;
}
