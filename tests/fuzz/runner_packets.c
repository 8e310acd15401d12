// A runner that says what it likes: packets of any size and with any descriptors. The judge takes
// an answer that is exactly one, or gives up in time, and keeps nothing open.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/parts.h"
#include "judge/answer.h"
#include "judge/clock.h"
#include "judge/packet.h"
#include "judge/runner_process.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PACKETS = 12, DESCRIPTORS = 8, KINDS = 6, OUTPUT_SIZE = 16 };

static const uint64_t SEQUENCE = 7;

// What a runner may pass where bytes are expected.
static int descriptor_make(unsigned kind, struct parts *parts)
{
    char bytes[2 * OUTPUT_SIZE];
    int ends[2] = {-1, -1};
    switch (kind) {
    case 0:
        parts_fill(parts, bytes, OUTPUT_SIZE);
        return memory_file_create("answer", bytes, OUTPUT_SIZE, 0);
    case 1:
        return memory_file_create("answer", bytes, parts_number(parts, sizeof bytes),
                                  0);
    case 2:
        if (pipe(ends) == 0) close(ends[1]);
        return ends[0];
    case 3:
        return open("/dev/zero", O_RDONLY);
    case 4:
        return open("/", O_PATH);
    default:
        return memfd_create("sealed", MFD_ALLOW_SEALING);
    }
}

// One packet as the bytes say: cut or too long, with none, one or many descriptors.
static void packet_make(struct parts *parts, int socket)
{
    char bytes[2 * sizeof(struct message)],
        control[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
    struct message message = {.kind = parts_number(parts, 7),
                              .sequence = SEQUENCE,
                              .size_bytes = OUTPUT_SIZE};
    unsigned odd = parts_number(parts, 4),
             count = parts_number(parts, DESCRIPTORS + 1);
    size_t size = sizeof message;
    memset(control, 0, sizeof control);
    if (odd == 1) size = parts_number(parts, sizeof bytes);
    if (odd == 2) parts_fill(parts, &message, sizeof message);
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes, &message, sizeof message);
    struct iovec part = {bytes, size};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    int passed[DESCRIPTORS];
    for (unsigned i = 0; i < count; i++)
        passed[i] = descriptor_make(parts_number(parts, KINDS), parts);
    if (count) {
        header.msg_control = control;
        header.msg_controllen = CMSG_SPACE(count * sizeof *passed);
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(count * sizeof *passed);
        memcpy(CMSG_DATA(rights), passed, count * sizeof *passed);
    }
    sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
    for (unsigned i = 0; i < count; i++) close(passed[i]);
}

static bool is_known(int status)
{
    return status == 0 || status == -EPROTO || status == -ETIMEDOUT;
}

// As runner_call does it, until nothing more is there.
static void packets_take(struct runner *runner)
{
    struct message message;
    char output[OUTPUT_SIZE];
    int fd, status;
    pid_t sender;
    do {
        status = runner_receive(runner, &message, &fd, &sender, clock_now_ns() - 1);
        claim(is_known(status), "a runner's packet is taken, or refused");
        claim(!status || fd < 0, "a refused packet brings no descriptor");
        if (status) continue;
        int taken = answer_take(&message, SEQUENCE, fd, output, sizeof output);
        claim(taken == 0 || taken == -EPROTO, "an answer is one, or none");
        claim(taken ||
                  (message.kind == MESSAGE_ANSWER && message.sequence == SEQUENCE),
              "what is taken as the answer is the answer");
    } while (status != -ETIMEDOUT);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    static struct runner runner;
    struct parts parts = {bytes, size};
    int pair[2], output[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) || pipe(output))
        abort();
    setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int));
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    runner.pid = getpid();
    runner.pidfd = pidfd_open(getpid(), 0);
    runner.socket = pair[0];
    runner.output = output[0];
    runner.printed.total = 0;
    for (int i = 0; parts.size && i < PACKETS; i++) packet_make(&parts, pair[1]);
    if (write(output[1], parts.bytes, parts.size % 4096) < 0) abort();
    packets_take(&runner);
    printed_close(&runner.printed);
    for (int i = 0; i < 2; i++) {
        close(pair[i]);
        close(output[i]);
    }
    close(runner.pidfd);
}
