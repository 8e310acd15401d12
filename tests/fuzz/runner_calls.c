// The slow calls of 7.1, as a runner makes them up: any numbers, and in the place of the reply's
// pipe whatever can be passed. Each is replied to once, or refused with a verdict.

#include "../7.1-submit/judge_calls.c"
#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/parts.h"
#include <signal.h>
#include <sys/mman.h>

enum { N = 4, PIPES = 48, KINDS = 7 };

static int kept[PIPES]; // ends that the runner would keep
static int kept_count;

static int pipe_make(bool reader_is_kept, bool is_full)
{
    int ends[2];
    char bytes[4096] = "";
    if (pipe2(ends, O_CLOEXEC | (is_full ? O_NONBLOCK : 0))) abort();
    while (is_full && write(ends[1], bytes, sizeof bytes) > 0)
        ;
    if (reader_is_kept)
        kept[kept_count++] = ends[0];
    else
        close(ends[0]);
    return ends[1];
}

// What a runner may pass where the writing end of a pipe is expected.
static int descriptor_make(unsigned kind)
{
    int ends[2];
    switch (kind) {
    case 0:
    case 1:
        return pipe_make(true, false);
    case 2:
        return pipe_make(true, true);
    case 3:
        return pipe_make(false, false);
    case 4:
        if (pipe2(ends, O_CLOEXEC)) abort();
        kept[kept_count++] = ends[1];
        return ends[0];
    case 5:
        return memfd_create("no pipe", MFD_CLOEXEC);
    default:
        return -1;
    }
}

static int call_make(struct parts *parts, struct calls *calls)
{
    struct message message = {.kind = MESSAGE_CALL,
                              .operation = parts_number(parts, 3),
                              .thread = (int32_t)parts_number(parts, 255)};
    bool is_wide = parts_number(parts, 8) == 7;
    message.x = is_wide ? parts_wide(parts) : parts_number(parts, N + 1);
    message.y = is_wide ? parts_wide(parts) : parts_number(parts, N + 1);
    return calls_take(calls, &message, descriptor_make(parts_number(parts, KINDS)),
                      1);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    static struct line line;
    struct parts parts = {bytes, size};
    int status = 0;
    signal(SIGPIPE, SIG_IGN);
    memset(&line, 0, sizeof line);
    struct calls *calls = calls_start(&line, EXECUTOR_THREADS, 3, N);
    for (kept_count = 0; parts.size && !status && kept_count < PIPES;) {
        status = call_make(&parts, calls);
        if (parts_number(&parts, 4) == 3) replies_send(calls);
    }
    claim((status == -1) == (line.status == LINE_FAILED),
          "a wrong call has a verdict");
    claim(calls->count <= CALL_LIMIT, "there is room for all calls");
    replies_send(calls);
    for (int i = 0; i < calls->count; i++)
        claim(calls->call[i].pipe < 0, "every call is replied to");
    for (int i = 0; i < kept_count; i++) close(kept[i]);
}
