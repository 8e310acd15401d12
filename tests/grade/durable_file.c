#include "grade/durable_file.h"
#include "grade/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int bytes_write(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -errno;
        bytes += written;
        size -= (size_t)written;
    }
    return fsync(fd) < 0 ? -errno : 0;
}

// The new name itself must reach the disk, too.
static void folder_sync(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        text_format("%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int durable_file_write(const char *path, const void *bytes, size_t size)
{
    char *partial = text_format("%s.partial", path);
    int fd =
        open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    int status = fd < 0 ? -errno : bytes_write(fd, bytes, size);
    if (fd >= 0 && close(fd) < 0 && !status) status = -errno;
    if (!status && rename(partial, path) < 0) status = -errno;
    if (!status)
        folder_sync(path);
    else
        unlink(partial);
    free(partial);
    return status;
}

int durable_folder_make(const char *path)
{
    char *part = text_format("%s", path);
    int status = 0;
    for (char *slash = strchr(part + 1, '/'); slash && !status;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0755) < 0 && errno != EEXIST) status = -errno;
        *slash = '/';
    }
    if (!status && mkdir(part, 0755) < 0 && errno != EEXIST) status = -errno;
    free(part);
    return status;
}
