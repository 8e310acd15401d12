// One thread sends all slow calls at once, each with the id of another thread, which only
// sleeps: as many threads asleep as calls, and none of them waits for a call.
// caught by: threads: the calls wait at the same time
// points: 0

#include "submit.h"
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <pthread.h>

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

static _Atomic int ids[64];

static void *decoy(void *place)
{
    *(_Atomic int *)place = gettid();
    for (;;) pause();
    return NULL;
}

static int call_start(int i, int j, int thread)
{
    int pair[2];
    if (pipe(pair) < 0) _exit(1);
    struct packet call = {
        .kind = 3, .operation = i > j, .thread = thread, .x = i, .y = j};
    packet_send(&call, pair[1]);
    close(pair[1]);
    return pair[0];
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    pthread_t thread;
    int sockets[1024], count = 0;
    for (int k = 0; k < 64; k++) {
        pthread_create(&thread, NULL, decoy, (void *)&ids[k]);
        while (!ids[k]) usleep(100);
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) sockets[count] = call_start(i, j, ids[count % 64]), count++;
    for (int k = 0; k < count; k++) {
        int64_t value;
        if (read(sockets[k], &value, sizeof value) < 0) return -1;
        results[k] = (int)value;
        close(sockets[k]);
    }
    return 0;
}
