// A folder that is filled under another name. Only plain files are put into it, so
// emptying it needs no walk.

#include "new_folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// The mode that a plain mkdir gives; mkdtemp gives one that only the owner may
// enter.
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0777 & ~mask;
}

int new_folder_create(struct new_folder *folder, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    if (length + sizeof ".XXXXXX" > sizeof folder->temporary_path)
        return -ENAMETOOLONG;
    snprintf(folder->path, sizeof folder->path, "%.*s", (int)length, path);
    struct stat found;
    if (lstat(folder->path, &found) == 0) return -EEXIST;

    memcpy(folder->temporary_path, folder->path, length);
    strcpy(folder->temporary_path + length, ".XXXXXX");
    if (!mkdtemp(folder->temporary_path)) return -errno;
    folder->descriptor =
        open(folder->temporary_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->descriptor < 0 || fchmod(folder->descriptor, usual_mode()) < 0) {
        int status = -errno;
        new_folder_discard(folder);
        return status;
    }
    return 0;
}

int new_folder_open(const struct new_folder *folder, const char *file_name)
{
    int file = openat(folder->descriptor, file_name,
                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    return file < 0 ? -errno : file;
}

int new_folder_publish(struct new_folder *folder)
{
    if (rename(folder->temporary_path, folder->path) < 0) {
        int status = errno == ENOTEMPTY ? -EEXIST : -errno;
        new_folder_discard(folder);
        return status;
    }
    close(folder->descriptor);
    return 0;
}

static void remove_files(const char *path)
{
    DIR *directory = opendir(path);
    if (!directory) return;
    struct dirent *entry;
    while ((entry = readdir(directory)))
        unlinkat(dirfd(directory), entry->d_name,
                 0); // "." and ".." stay: they are folders
    closedir(directory);
}

void new_folder_discard(struct new_folder *folder)
{
    remove_files(folder->temporary_path);
    rmdir(folder->temporary_path);
    if (folder->descriptor >= 0) close(folder->descriptor);
}
