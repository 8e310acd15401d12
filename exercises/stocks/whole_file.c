// Written without a name, then given one, then renamed: other processes see the old
// file or the new one, and of a process that is killed while it writes nothing
// stays. There is no fsync: it would take longer than the conversion, and the file
// can be made again from its source.

#include "stocks/whole_file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// A name beside path, ".stock-PROCESS-COUNT.tmp", of which no two are the same in a
// process.
static int make_name(const char *path, char name[PATH_MAX])
{
    static atomic_uint counter;
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    int length = snprintf(name, PATH_MAX, "%.*s.stock-%ld-%u.tmp", folder, path,
                          (long)getpid(), atomic_fetch_add(&counter, 1));
    return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static int write_all(int fd, const char *bytes, size_t size_bytes)
{
    while (size_bytes > 0) {
        ssize_t written = write(fd, bytes, size_bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return -errno;
        bytes += written;
        size_bytes -= (size_t)written;
    }
    return 0;
}

// Opens a file without a name in path's folder. Not every file system has them.
static int open_nameless(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = snprintf(folder, sizeof folder, "%.*s.",
                          slash ? (int)(slash - path) + 1 : 0, path);
    if (length >= (int)sizeof folder) return -ENAMETOOLONG;
    int fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    return fd < 0 ? -errno : fd;
}

static int name_it(int fd, const char *name)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, self, AT_FDCWD, name, AT_SYMLINK_FOLLOW) < 0 ? -errno
                                                                         : 0;
}

// A new file of a new name. Process numbers are not unique where machines share a
// folder, so a name may be taken all the same.
static int open_named(const char *path, char name[PATH_MAX])
{
    int fd, status;
    do {
        status = make_name(path, name);
        if (status < 0) return status;
        fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (fd < 0 && errno == EEXIST);
    return fd < 0 ? -errno : fd;
}

// Writes the file and gives it a name. *is_there: a file of this name is to be
// removed.
static int write_nameless(int fd, const char *path, const void *bytes,
                          size_t size_bytes, char name[PATH_MAX], bool *is_there)
{
    int status = write_all(fd, bytes, size_bytes);
    while (status == 0) {
        status = make_name(path, name);
        if (status == 0) status = name_it(fd, name);
        if (status == 0) *is_there = true;
        if (status != -EEXIST) break;
        status = 0;
    }
    return status;
}

static int write_named(const char *path, const void *bytes, size_t size_bytes,
                       char name[PATH_MAX], bool *is_there)
{
    int fd = open_named(path, name);
    if (fd < 0) return fd;
    *is_there = true;
    int status = write_all(fd, bytes, size_bytes);
    if (close(fd) < 0 && status == 0) status = -errno;
    return status;
}

int whole_file_write(const char *path, const void *bytes, size_t size_bytes)
{
    char name[PATH_MAX];
    bool is_there = false;
    int status = -EOPNOTSUPP, fd = open_nameless(path);
    if (fd >= 0) {
        status = write_nameless(fd, path, bytes, size_bytes, name, &is_there);
        if (close(fd) < 0 && status == 0) status = -errno;
    }
    if (!is_there && status != -ENOSPC && status != -EFBIG && status != -EDQUOT)
        status = write_named(path, bytes, size_bytes, name, &is_there);
    if (status == 0 && rename(name, path) < 0) status = -errno;
    if (status < 0 && is_there) unlink(name);
    return status;
}
