#include "grade/class_progress.h"
#include "judge/clock.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_WIDTH = 40 };

static const int64_t LINE_EVERY_NS = 30000000000;

void class_progress_begin(struct class_progress *progress, const char *title,
                          size_t total)
{
    *progress = (struct class_progress){title, total, isatty(STDERR_FILENO),
                                        clock_now_ns(), clock_now_ns()};
}

// "about 12 min left": what is done took its time, what is left will take its share.
static void left_tell(const struct class_progress *progress, size_t done, char *text,
                      size_t size)
{
    double passed_s = (double)(clock_now_ns() - progress->begin_ns) / 1e9;
    double left_s =
        done ? passed_s / (double)done * (double)(progress->total - done) : -1;
    if (left_s < 0)
        snprintf(text, size, "%.0f s so far", passed_s);
    else if (left_s < 100)
        snprintf(text, size, "about %.0f s left", left_s);
    else
        snprintf(text, size, "about %.0f min left", left_s / 60);
}

void class_progress_tell(struct class_progress *progress, size_t done)
{
    char left[64], bar[BAR_WIDTH + 1] = "";
    bool is_due = clock_now_ns() - progress->told_ns > LINE_EVERY_NS;
    if (!progress->is_terminal && !is_due) return;
    left_tell(progress, done, left, sizeof left);
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', progress->total ? done * BAR_WIDTH / progress->total : 0);
    if (progress->is_terminal)
        fprintf(stderr, "\r%s [%s] %zu of %zu, %s\033[K", progress->title, bar, done,
                progress->total, left);
    else
        fprintf(stderr, "%s: %zu of %zu, %s\n", progress->title, done,
                progress->total, left);
    progress->told_ns = clock_now_ns();
}

void class_progress_end(struct class_progress *progress, size_t done)
{
    double passed_s = (double)(clock_now_ns() - progress->begin_ns) / 1e9;
    fprintf(stderr, "%s%s: %zu of %zu in %.0f s%s\n",
            progress->is_terminal ? "\r" : "", progress->title, done,
            progress->total, passed_s, progress->is_terminal ? "\033[K" : "");
}
