// The bar's thread sleeps in poll and draws with write(2). Standard output has a
// lock that a worker process would inherit locked, had it been forked while the bar
// was printing.

#include "run/progress.h"
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FIRST_MS = 1000, EVERY_MS = 100, BAR_WIDTH = 40 };

static void put(const char *text, size_t length)
{
    ssize_t written = write(STDERR_FILENO, text, length);
    if (written < 0) return; // a terminal that went away needs no bar
}

static void draw(const struct progress *progress)
{
    size_t done = progress->done(progress->context);
    if (done > progress->total) done = progress->total;
    size_t filled = progress->total ? done * BAR_WIDTH / progress->total : 0;
    char bar[BAR_WIDTH + 1] = "", line[160];
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', filled);
    int length = snprintf(line, sizeof line, "\r[%s] %zu of %zu %s", bar, done,
                          progress->total, progress->unit);
    if (length > 0)
        put(line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

static void *draw_until_stopped(void *argument)
{
    static const char erase_line[] = "\r\033[K";
    const struct progress *progress = argument;
    struct pollfd stop = {.fd = progress->stop_fd, .events = POLLIN};
    bool drawn = false;
    while (poll(&stop, 1, drawn ? EVERY_MS : FIRST_MS) == 0) {
        draw(progress);
        drawn = true;
    }
    if (drawn) put(erase_line, strlen(erase_line));
    return NULL;
}

void progress_start(struct progress *progress, const char *unit, size_t total,
                    progress_fn *done, const void *context)
{
    *progress = (struct progress){unit, total, done, context, .stop_fd = -1};
    if (!isatty(STDERR_FILENO)) return;
    progress->stop_fd = eventfd(0, EFD_CLOEXEC);
    if (progress->stop_fd < 0) return;
    progress->started =
        pthread_create(&progress->thread, NULL, draw_until_stopped, progress) == 0;
}

void progress_stop(struct progress *progress)
{
    if (progress->started) {
        uint64_t one = 1;
        if (write(progress->stop_fd, &one, sizeof one) == sizeof one)
            pthread_join(progress->thread, NULL);
    }
    if (progress->stop_fd >= 0) close(progress->stop_fd);
}
