#include "judge/durable_file.h"
#include "judge/bytes_write.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int bytes_store(int fd, const char *bytes, size_t size)
{
    int status = bytes_write(fd, bytes, size);
    if (!status && fsync(fd) < 0) status = -errno;
    return status;
}

// The new name itself must reach the disk, too.
static void folder_sync(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1,
             slash ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

int durable_file_write(const char *path, const void *bytes, size_t size)
{
    char partial[PATH_MAX];
    if (snprintf(partial, sizeof partial, "%s.partial", path) >= PATH_MAX)
        return -ENAMETOOLONG;
    int fd =
        open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    int status = fd < 0 ? -errno : bytes_store(fd, bytes, size);
    if (fd >= 0 && close(fd) < 0 && !status) status = -errno;
    if (!status && rename(partial, path) < 0) status = -errno;
    if (!status)
        folder_sync(path);
    else
        unlink(partial);
    return status;
}

int durable_json_write(const char *path, const json_t *object, size_t indent)
{
    char *text = json_dumps(object, JSON_INDENT(indent) | JSON_REAL_PRECISION(12));
    int status = text ? durable_file_write(path, text, strlen(text)) : -ENOMEM;
    free(text);
    return status;
}

int durable_folder_make(const char *path)
{
    char *part = strdup(path);
    if (!part) return -ENOMEM;
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
