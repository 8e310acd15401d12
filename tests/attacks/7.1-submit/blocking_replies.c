// Makes slow calls whose reply goes where writing never ends, or fails: a full pipe, a
// read-only file, a descriptor that is shared with a stopped reader.
// caught by: threads: the table is in order
// points: 0

#include "submit.h"
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <fcntl.h>

// The layout of the judge's packets, as its header has it.
struct packet {
    uint32_t kind, operation;
    uint64_t sequence;
    int32_t executor, workers, status, thread;
    int64_t x, y;
    uint64_t size_bytes;
};

static void packet_send(const struct packet *packet, int fd)
{
    char control[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec part = {(void *)packet, sizeof *packet};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    sendmsg(3, &header, MSG_NOSIGNAL);
}

static int full_pipe(void)
{
    int pair[2];
    static char bytes[1 << 16];
    if (pipe(pair) < 0) _exit(1);
    while (write(pair[1], bytes, sizeof bytes) == (ssize_t)sizeof bytes &&
           fcntl(pair[1], F_GETPIPE_SZ) < 0)
        ;
    return pair[1];
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    int fds[] = {full_pipe(), open("/proc/self/exe", O_RDONLY),
                 open("/dev/zero", O_RDWR), 3};
    for (int k = 0; k < 100; k++) {
        struct packet call = {
            .kind = 3, .operation = 0, .thread = gettid(), .x = 0, .y = 1};
        packet_send(&call, fds[k % 4]);
    }
    return 0;
}
