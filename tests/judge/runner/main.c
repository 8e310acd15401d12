// The runner: the one process that holds a student's code. It takes requests from the judge,
// has the exercise's serve() call the student's function, and sends back what came of it.
// It knows no expectation and no clock.

#include "judge/clock.h"
#include "judge/packet.h"
#include "judge/runner/serve.h"
#include "judge/runner/tasks.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    EXIT_PROTOCOL = 97,
    SPIN_THREADS = 64,
    SPIN_LANES = 6,
    SPIN_ROUNDS = 4000000
};

bool runner_is_replay;

// Receives one request with its input mapped; false when the judge has closed the socket.
static bool request_receive(struct message *request, const void **input)
{
    int fd, status;
    pid_t sender;
    do status = packet_take(RUNNER_SOCKET, 0, request, &fd, &sender);
    while (status == -EAGAIN);
    if (status) return false;
    *input = NULL;
    if (fd < 0) return true;
    *input =
        mmap(NULL, request->size_bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);
    close(fd);
    if (*input == MAP_FAILED) _exit(EXIT_PROTOCOL);
    return true;
}

static void answer_send(const struct message *request, const struct answer *answer)
{
    struct message message = {.kind = MESSAGE_ANSWER,
                              .sequence = request->sequence,
                              .status = answer->status,
                              .size_bytes = answer->size_bytes};
    int fd = -1;
    if (answer->size_bytes) {
        fd = memory_file_create("answer", answer->bytes, answer->size_bytes, 0);
        if (fd < 0) _exit(EXIT_PROTOCOL);
    }
    if (packet_send(RUNNER_SOCKET, &message, fd)) _exit(EXIT_PROTOCOL);
    if (fd >= 0) close(fd);
}

static void tasks_send(const struct message *request, struct tasks_seen tasks)
{
    struct message message = {.kind = MESSAGE_TASKS,
                              .sequence = request->sequence,
                              .x = tasks.in_flight_millionths,
                              .y = tasks.count};
    packet_send(RUNNER_SOCKET, &message, -1);
}

// A fixed amount of arithmetic in registers: what one processor, or two, can do just now. Six
// numbers at a time keep a core's units busy, so that it shows when another thread of the same
// core, be it another machine's, takes its part; one number at a time would not.
static void *spin(void *unused)
{
    uint64_t state[SPIN_LANES] = {1, 2, 3, 4, 5, 6};
    for (int i = 0; i < SPIN_ROUNDS; i++) {
#pragma GCC unroll 6
        for (int k = 0; k < SPIN_LANES; k++) {
            state[k] ^= state[k] << 13;
            state[k] ^= state[k] >> 7;
            state[k] ^= state[k] << 17;
            __asm__ volatile("" : "+r"(state[k]));
        }
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

// The same work once more, in a process of its own: what two processors reach with it.
static void serve_twice(const struct message *request, const void *input,
                        struct answer *answer)
{
    int status = -1;
    pid_t child = fork();
    serve(request, input, answer);
    if (child == 0) _exit(answer->status != 0);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        answer->status = -ECHILD;
}

static void ready_send(void)
{
    struct message ready = {.kind = MESSAGE_READY, .thread = gettid()};
    if (packet_send(RUNNER_SOCKET, &ready, -1)) _exit(EXIT_PROTOCOL);
}

// Does a request once more that was kept in a file, for a debugger: no judge is there.
static int replay(const char *path)
{
    struct message request;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, &request, sizeof request) != (ssize_t)sizeof request) {
        fprintf(stderr, "%s: there is no request to do again\n", path);
        return EXIT_PROTOCOL;
    }
    char *input = malloc(request.size_bytes + 1);
    if (!input || read(fd, input, request.size_bytes) != (ssize_t)request.size_bytes)
        return EXIT_PROTOCOL;
    struct answer answer = {0};
    runner_is_replay = true;
    serve_prepare();
    serve(&request, input, &answer);
    printf("returned %d\n", answer.status);
    free(answer.bytes);
    free(input);
    return 0;
}

int main(int count, char *values[])
{
    struct message request;
    const void *input;
    if (count == 3 && strcmp(values[1], "replay") == 0) return replay(values[2]);
    serve_prepare();
    ready_send();
    while (request_receive(&request, &input)) {
        struct answer answer = {0};
        int64_t begin_ns = tasks_watch();
        if (request.operation == OPERATION_SPIN)
            spin_on(request.workers, &answer);
        else if (request.x == 1)
            serve_twice(&request, input, &answer);
        else
            serve(&request, input, &answer);
        int64_t end_ns = clock_now_ns();
        answer_send(&request, &answer);
        tasks_send(&request, tasks_seen(begin_ns, end_ns));
        free(answer.bytes);
        if (input) munmap((void *)input, request.size_bytes);
    }
    return 0;
}
