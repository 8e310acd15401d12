// Written under another name in the same folder, then renamed: a reader sees the old
// file or the new one. There is no fsync: it would take longer than the conversion,
// and the file can be made again from its source; what a rename promises is that
// other processes never see half of it, also when this one is killed.

#include "stocks/whole_file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

// A name beside path that no other thread (the counter) and no other process (its
// number, and O_EXCL where numbers are not unique) uses. The new file's descriptor,
// or a negative errno.
static int create_beside(const char *path, char name[PATH_MAX])
{
    static atomic_uint counter;
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    for (;;) {
        int length = snprintf(name, PATH_MAX, "%.*s.stock-%ld-%u.tmp", folder, path,
                              (long)getpid(), atomic_fetch_add(&counter, 1));
        if (length >= PATH_MAX) return -ENAMETOOLONG;
        int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) return fd;
        if (errno != EEXIST) return -errno;
    }
}

int whole_file_write(const char *path, const void *bytes, size_t size_bytes)
{
    char name[PATH_MAX];
    int fd = create_beside(path, name);
    if (fd < 0) return fd;
    int status = write_all(fd, bytes, size_bytes);
    if (close(fd) < 0 && status == 0) status = -errno;
    if (status == 0 && rename(name, path) < 0) status = -errno;
    if (status < 0) unlink(name);
    return status;
}
