// Brings its own gettid, send, memcpy and malloc, which the runner then uses, too: every call
// seems to come from another thread.
// caught by: threads: the calls wait at the same time
// points: 0

#include "submit.h"
#include <stddef.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static char heap[1 << 24];
static size_t used;

void *malloc(size_t size)
{
    used = (used + 63) & ~(size_t)63;
    void *place = heap + used;
    used += size;
    return used < sizeof heap ? place : NULL;
}

void free(void *place)
{
}

void *calloc(size_t count, size_t size)
{
    return malloc(count * size);
}

void *realloc(void *place, size_t size)
{
    return malloc(size);
}

pid_t gettid(void)
{
    static int id = 100;
    return id++;
}

ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    return syscall(SYS_sendto, socket, bytes, size, flags, NULL, 0);
}

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return table(n, results);
}
