#include "7.2-conversion/judge_request_folder.h"
#include "judge/bytes_write.h"
#include "judge/folder_remove.h"
#include "judge/trouble.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int request_folder_open(struct request_folder *folder,
                        const struct exercise *exercise)
{
    const char *slash = strrchr(exercise->runner, '/');
    int length = slash ? (int)(slash - exercise->runner) + 1 : 0;
    if (length > PATH_SIZE - 32) length = 0;
    *folder = (struct request_folder){.fd = -1, .stays = exercise->keep != NULL};
    snprintf(folder->prepared, PATH_SIZE, "%.*sprepared", length, exercise->runner);
    snprintf(folder->bound, PATH_SIZE, "%.*swritten", length, exercise->runner);
    snprintf(folder->path, PATH_SIZE, "%.*swritten/files", length, exercise->runner);
    folder_remove(folder->prepared);
    folder_remove(folder->bound);
    if (mkdir(folder->prepared, 0755) < 0 || mkdir(folder->bound, 0755) < 0)
        return -errno;
    folder->fd = open(folder->prepared, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return folder->fd < 0 ? -errno : 0;
}

int request_folder_place(struct request_folder *folder)
{
    struct stat what;
    if (stat(folder->bound, &what) < 0) return -errno;
    if (what.st_uid != geteuid() && fchown(folder->fd, what.st_uid, what.st_gid) < 0)
        return -errno;
    return rename(folder->prepared, folder->path) < 0 ? -errno : 0;
}

int request_folder_write(const struct request_folder *folder, const char *name,
                         const void *bytes, size_t size)
{
    int fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0) return -errno;
    int status = bytes_write(fd, bytes, size);
    return close(fd) < 0 && !status ? -errno : status;
}

static bool is_among(const char *name, const char *const expected[], unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(name, expected[i]) == 0) return true;
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

const char *request_folder_stranger(const struct request_folder *folder,
                                    const char *const expected[], unsigned count)
{
    static char stranger[NAME_MAX + 1];
    int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd < 0 ? NULL : fdopendir(fd);
    if (!listing) {
        trouble_look();
        if (fd >= 0) close(fd);
        return NULL;
    }
    bool found = false;
    for (struct dirent *entry; !found && (entry = readdir(listing));) {
        found = !is_among(entry->d_name, expected, count);
        if (found) snprintf(stranger, sizeof stranger, "%s", entry->d_name);
    }
    closedir(listing);
    return found ? stranger : NULL;
}

void request_folder_close(struct request_folder *folder)
{
    if (folder->fd >= 0) close(folder->fd);
    folder->fd = -1;
    if (folder->stays) return;
    folder_remove(folder->prepared);
    folder_remove(folder->bound);
}
