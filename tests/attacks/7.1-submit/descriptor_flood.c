// Sends each slow call with as many descriptors as a packet may have, so that the judge runs
// out of its own.
// caught by: threads: the table is in order
// points: 0

#include "submit.h"
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

// The layout of the judge's packets, as its header has it.
struct packet {
    uint32_t kind, operation;
    uint64_t sequence;
    int32_t executor, workers, status, thread;
    int64_t x, y;
    uint64_t size_bytes;
};

static void packet_send(const struct packet *packet)
{
    int fds[250];
    char control[CMSG_SPACE(sizeof fds)] = {0};
    struct iovec part = {(void *)packet, sizeof *packet};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    for (int k = 0; k < 250; k++) fds[k] = 1;
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(rights), fds, sizeof fds);
    sendmsg(3, &header, MSG_NOSIGNAL);
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct packet call = {.kind = 3, .thread = gettid(), .x = 0, .y = 1};
    for (int k = 0; k < 5000; k++) packet_send(&call);
    return 0;
}
