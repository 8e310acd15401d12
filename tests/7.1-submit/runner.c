// 7.1 in the runner. A slow call here neither computes nor sleeps: it asks the judge and
// returns what the judge replies, when the judge replies. The reply comes through a pipe of
// the call's own, because workers that shared one would read each other's replies, and because
// the judge can see from outside which thread reads which pipe.

#include "judge/packet.h"
#include "judge/runner/serve.h"
#include "submit.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { CALL_ADD, CALL_SUB, EXIT_CALL = 98 };

// Without a judge a call takes a moment and tells the truth.
static int call_replay(uint32_t operation, int x, int y)
{
    usleep(50000);
    return operation == CALL_ADD ? x + y : x - y;
}

static int slow_call(uint32_t operation, int x, int y)
{
    if (runner_is_replay) return call_replay(operation, x, y);
    int pair[2];
    if (pipe2(pair, O_CLOEXEC) < 0) _exit(EXIT_CALL);
    struct message call = {.kind = MESSAGE_CALL,
                           .operation = operation,
                           .thread = gettid(),
                           .x = x,
                           .y = y};
    if (packet_send(RUNNER_SOCKET, &call, pair[1])) _exit(EXIT_CALL);
    close(pair[1]);
    struct call_reply reply;
    ssize_t size;
    do size = read(pair[0], &reply, sizeof reply);
    while (size < 0 && errno == EINTR);
    if (size != (ssize_t)sizeof reply) _exit(EXIT_CALL);
    close(pair[0]);
    return (int)reply.value;
}

int slow_add(int x, int y)
{
    return slow_call(CALL_ADD, x, y);
}

int slow_sub(int x, int y)
{
    return slow_call(CALL_SUB, x, y);
}

void serve_prepare(void)
{
}

// The input is n; the answer is the n * (n - 1) results.
void serve(const struct message *request, const void *input, struct answer *answer)
{
    int n = *(const int *)input;
    size_t count = n > 1 ? (size_t)n * (size_t)(n - 1) : 0;
    int *results = calloc(count + 1, sizeof *results);
    answer->status = results ? submit_table((enum executor_kind)request->executor,
                                            request->workers, n, results)
                             : -ENOMEM;
    answer->bytes = results;
    answer->size_bytes = count * sizeof *results;
}
