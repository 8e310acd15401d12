#include "judge/bytes_write.h"
#include <errno.h>
#include <unistd.h>

int bytes_write(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        ssize_t part = write(fd, at, size);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return -errno;
        at += part;
        size -= (size_t)part;
    }
    return 0;
}
