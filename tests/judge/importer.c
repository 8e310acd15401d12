#include "judge/importer.h"
#include "judge/bytes_write.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool import_is_unable(int status)
{
    static const int refusals[] = {ENOENT, ENOTDIR, ELOOP, EINVAL,       EFBIG,
                                   EACCES, EPERM,   ENXIO, ENAMETOOLONG, EISDIR};
    for (unsigned i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (status == -refusals[i]) return false;
    return status != 0;
}

static int file_open(const char *submission, const char *exercise, const char *name)
{
    int top = open(submission, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0) return -errno;
    int folder =
        openat(top, exercise, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int status = folder < 0 && import_is_unable(-errno) ? -errno : 0;
    int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    if (!status) {
        int fd = openat(folder < 0 ? top : folder, name, flags);
        status = fd < 0 ? -errno : fd;
    }
    if (folder >= 0) close(folder);
    close(top);
    return status;
}

static int file_check(int fd)
{
    struct stat what;
    if (fstat(fd, &what) < 0) return -errno;
    if (!S_ISREG(what.st_mode)) return -EINVAL;
    return what.st_size > IMPORT_LIMIT ? -EFBIG : 0;
}

// Copies to the end, which may be another than fstat said: the limit is kept here too.
static int file_copy(int from, const char *path)
{
    static char bytes[IMPORT_LIMIT + 1];
    size_t size = 0;
    ssize_t part = 0;
    while (size < sizeof bytes &&
           (part = read(from, bytes + size, sizeof bytes - size)) > 0)
        size += (size_t)part;
    if (part < 0) return -errno;
    if (size > IMPORT_LIMIT) return -EFBIG;
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (to < 0) return -errno;
    int status = bytes_write(to, bytes, size);
    if (close(to) < 0 && !status) status = -errno;
    if (status) unlink(path);
    return status;
}

static const char *import_reason(int status)
{
    switch (-status) {
    case ELOOP:
        return "it is a link, not a file";
    case EINVAL:
        return "it is not a regular file";
    case EFBIG:
        return "it is larger than 256 KiB";
    default:
        return strerror(-status);
    }
}

int import_file(const char *submission, const char *exercise, const char *name,
                const char *path, char *text, size_t size)
{
    unlink(path);
    int fd = file_open(submission, exercise, name);
    int status = fd < 0 ? fd : file_check(fd);
    if (status == 0) status = file_copy(fd, path);
    if (fd >= 0) close(fd);
    if (status == -ENOENT || status == -ENOTDIR)
        snprintf(text, size, "there is no %s in %s/%s, nor in %s", name, submission,
                 exercise, submission);
    else if (status)
        snprintf(text, size, "%s was not taken: %s", name, import_reason(status));
    return status;
}
