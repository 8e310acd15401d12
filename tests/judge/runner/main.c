// The runner: the one process that holds a student's code. It takes requests from the judge,
// has the exercise's serve() call the student's function, and sends back what came of it.
// It knows no expectation and no clock.

#include "judge/runner/serve.h"
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { EXIT_PROTOCOL = 97, SPIN_THREADS = 64, SPIN_ROUNDS = 4000000 };

// Receives one request with its input mapped; false when the judge has closed the socket.
static bool request_receive(struct message *request, const void **input)
{
    char control[CMSG_SPACE(sizeof(int))];
    struct iovec part = {request, sizeof *request};
    struct msghdr header = {.msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control};
    ssize_t size;
    do size = recvmsg(RUNNER_SOCKET, &header, MSG_CMSG_CLOEXEC);
    while (size < 0 && errno == EINTR);
    if (size != (ssize_t)sizeof *request) return false;
    *input = NULL;
    struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
    if (!rights) return true;
    int fd;
    memcpy(&fd, CMSG_DATA(rights), sizeof fd);
    *input =
        mmap(NULL, request->size_bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);
    close(fd);
    if (*input == MAP_FAILED) _exit(EXIT_PROTOCOL);
    return true;
}

static int memfd_of(const void *bytes, size_t size)
{
    int fd = memfd_create("answer", MFD_CLOEXEC);
    if (fd < 0) return -1;
    for (size_t done = 0; done < size;) {
        ssize_t part = write(fd, (const char *)bytes + done, size - done);
        if (part <= 0) {
            close(fd);
            return -1;
        }
        done += (size_t)part;
    }
    return fd;
}

static void answer_send(const struct message *request, const struct answer *answer)
{
    struct message message = {.kind = MESSAGE_ANSWER,
                              .sequence = request->sequence,
                              .status = answer->status,
                              .size_bytes = answer->size_bytes};
    char control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {&message, sizeof message};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
    int fd = -1;
    if (answer->size_bytes) {
        fd = memfd_of(answer->bytes, answer->size_bytes);
        if (fd < 0) _exit(EXIT_PROTOCOL);
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof fd);
        memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    }
    ssize_t sent = sendmsg(RUNNER_SOCKET, &header, MSG_NOSIGNAL);
    if (sent != (ssize_t)sizeof message) _exit(EXIT_PROTOCOL);
    if (fd >= 0) close(fd);
}

// A fixed amount of arithmetic in registers: what one processor, or two, can do just now.
static void *spin(void *unused)
{
    uint64_t state = 88172645463325252u;
    for (int i = 0; i < SPIN_ROUNDS; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        __asm__ volatile("" : "+r"(state));
    }
    return NULL;
}

static void spin_on(int threads, struct answer *answer)
{
    pthread_t thread[SPIN_THREADS];
    int started = 0;
    while (started < threads && started < SPIN_THREADS &&
           pthread_create(&thread[started], NULL, spin, NULL) == 0)
        started++;
    for (int i = 0; i < started; i++) pthread_join(thread[i], NULL);
    answer->status = started == threads ? 0 : -EAGAIN;
}

static void ready_send(void)
{
    struct message ready = {.kind = MESSAGE_READY, .thread = gettid()};
    ssize_t sent = send(RUNNER_SOCKET, &ready, sizeof ready, MSG_NOSIGNAL);
    if (sent != (ssize_t)sizeof ready) _exit(EXIT_PROTOCOL);
}

int main(void)
{
    struct message request;
    const void *input;
    serve_prepare();
    ready_send();
    while (request_receive(&request, &input)) {
        struct answer answer = {0};
        if (request.operation == OPERATION_SPIN)
            spin_on(request.workers, &answer);
        else
            serve(&request, input, &answer);
        answer_send(&request, &answer);
        free(answer.bytes);
        if (input) munmap((void *)input, request.size_bytes);
    }
    return 0;
}
