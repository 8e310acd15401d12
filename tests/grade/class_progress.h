#ifndef GRADE_CLASS_PROGRESS_H
#define GRADE_CLASS_PROGRESS_H

// How far a pass is, on standard error: a bar that is drawn over and over on a terminal, else a
// line from time to time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct class_progress {
    const char *title;
    size_t total;
    bool is_terminal;
    int64_t begin_ns;
    int64_t told_ns;
};

// Begins a pass; title is borrowed.
void class_progress_begin(struct class_progress *progress, const char *title,
                          size_t total);

// Tells that so many are done.
void class_progress_tell(struct class_progress *progress, size_t done);

void class_progress_end(struct class_progress *progress, size_t done);

#endif
