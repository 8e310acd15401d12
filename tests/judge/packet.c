#include "judge/packet.h"
#include "judge/bytes_write.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SEAL_TRIES = 50, SEAL_PAUSE_US = 2000 };

// The kernel refuses to seal pages that it holds for a moment itself (EBUSY, fcntl(2)).
static int seals_add(int fd, int seals)
{
    int status = fcntl(fd, F_ADD_SEALS, seals);
    for (int tries = 1; status < 0 && errno == EBUSY && tries < SEAL_TRIES;
         tries++) {
        usleep(SEAL_PAUSE_US);
        status = fcntl(fd, F_ADD_SEALS, seals);
    }
    return status < 0 ? -errno : 0;
}

int memory_file_create(const char *name, const void *bytes, size_t size, int seals)
{
    int fd = memfd_create(name, MFD_CLOEXEC | (seals ? MFD_ALLOW_SEALING : 0));
    if (fd < 0) return -errno;
    int status = bytes_write(fd, bytes, size);
    if (!status && seals) status = seals_add(fd, seals);
    if (!status) return fd;
    close(fd);
    return status;
}

int packet_send(int socket, const struct message *message, int fd)
{
    char control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec part = {(void *)message, sizeof *message};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    }
    ssize_t sent = sendmsg(socket, &header, MSG_NOSIGNAL);
    return sent == (ssize_t)sizeof *message ? 0 : -EPIPE;
}

// Takes the one descriptor that a packet may bring, and closes them if there are more: what
// stays open would sooner or later be missing.
static void descriptor_take(const struct cmsghdr *rights, int *fd)
{
    size_t count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof *fd;
    for (size_t i = 0; i < count; i++) {
        int passed;
        memcpy(&passed, CMSG_DATA(rights) + i * sizeof passed, sizeof passed);
        if (count == 1 && *fd < 0)
            *fd = passed;
        else
            close(passed);
    }
}

static void control_take(struct msghdr *header, int *fd, pid_t *sender)
{
    for (struct cmsghdr *at = CMSG_FIRSTHDR(header); at;
         at = CMSG_NXTHDR(header, at)) {
        struct ucred sent_by;
        if (at->cmsg_level != SOL_SOCKET) continue;
        if (at->cmsg_type == SCM_RIGHTS) {
            descriptor_take(at, fd);
        } else if (at->cmsg_type == SCM_CREDENTIALS) {
            memcpy(&sent_by, CMSG_DATA(at), sizeof sent_by);
            *sender = sent_by.pid;
        }
    }
}

int packet_take(int socket, int flags, struct message *message, int *fd,
                pid_t *sender)
{
    char control[CMSG_SPACE(sizeof *fd) + CMSG_SPACE(sizeof(struct ucred))];
    struct iovec part = {message, sizeof *message};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control};
    *fd = -1;
    *sender = -1;
    ssize_t size = recvmsg(socket, &header, flags | MSG_CMSG_CLOEXEC | MSG_TRUNC);
    if (size < 0) return errno == EAGAIN || errno == EINTR ? -EAGAIN : -EPIPE;
    if (size == 0) return -EPIPE;
    control_take(&header, fd, sender);
    if (size == (ssize_t)sizeof *message) return 0;
    if (*fd >= 0) close(*fd);
    *fd = -1;
    return -EPROTO;
}
