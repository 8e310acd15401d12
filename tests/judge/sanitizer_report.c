#include "judge/sanitizer_report.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

// What a tool calls a fault, and what it is called here.
struct fault {
    const char *mark; // that the tool prints
    const char *diagnosis;
    const char *sentence;
};

static const struct fault faults[] = {
    {"ThreadSanitizer: data race", "data race",
     "two threads use the same memory, at least one writes, and nothing puts one "
     "before the other. Guard it with a lock, or give each task its own"},
    {"Possible data race", "data race",
     "two threads use the same memory, at least one of them writes, and nothing "
     "puts one before the other"},
    {"ThreadSanitizer: lock-order-inversion", "deadlock",
     "two threads take the same two locks in different orders: each can end up "
     "waiting for "
     "the other"},
    {"ThreadSanitizer: thread leak", "thread leak",
     "a thread is started and never joined"},
    {"ThreadSanitizer: heap-use-after-free", "use after free",
     "memory is used after it was freed"},
    {"AddressSanitizer: heap-use-after-free", "use after free",
     "memory is used after it was freed"},
    {"AddressSanitizer: attempting double-free", "double free",
     "the same memory is freed twice"},
    {"AddressSanitizer: attempting free", "bad free",
     "something is freed that malloc never gave"},
    {"AddressSanitizer: heap-buffer-overflow", "out of bounds",
     "memory is used beyond the end, or before the start, of what was allocated"},
    {"AddressSanitizer: stack-buffer-overflow", "out of bounds",
     "a local array is used beyond its end or before its start"},
    {"AddressSanitizer: global-buffer-overflow", "out of bounds",
     "a global array is used beyond its end or before its start"},
    {"AddressSanitizer: stack-use-after", "use after return",
     "a local variable is used when its function, or its block, has ended"},
    {"AddressSanitizer: stack-overflow", "stack overflow",
     "calls go so deep that the stack is full"},
    {"AddressSanitizer: SEGV", "crash",
     "an address is used where there is no memory"},
    {"AddressSanitizer: ", "memory error",
     "memory is used in a way that is not allowed"},
    {"LeakSanitizer: detected memory leaks", "leak",
     "memory is allocated and never freed"},
    {"runtime error: ", "undefined behaviour", NULL},
    {"ThreadSanitizer: ", "thread error",
     "threads are used in a way that is not allowed"},
};

static const char *const broken[] = {
    "unexpected memory mapping",
    "LeakSanitizer has encountered a fatal error",
    "after multi-threaded fork",
    "called_from_lib suppression",
    "ThreadSanitizer failed to allocate",
    "AddressSanitizer failed to allocate",
    "Shadow memory range interleaves",
};

enum {
    FAULTS = sizeof faults / sizeof *faults,
    BROKEN = sizeof broken / sizeof *broken
};

// The fault that is reported first; where, in *at. Among marks at one place the longer wins,
// and stands earlier in the list.
static const struct fault *fault_find(const char *printed, const char **at)
{
    const struct fault *first = NULL;
    for (int i = 0; i < FAULTS; i++) {
        const char *place = strstr(printed, faults[i].mark);
        if (place && (!first || place < *at)) {
            first = &faults[i];
            *at = place;
        }
    }
    return first;
}

// The next call in the student's file from `from` on: "submit.c:12 (submit_table)"; where it
// ends, or NULL. A stack's row is `#1 0xADDRESS in FUNCTION PATH:LINE`, the address and `in`
// missing in ThreadSanitizer's; helgrind's is `by 0xADDRESS: FUNCTION (FILE:LINE)`.
static const char *frame_find(const char *from, const char *file, char *text,
                              size_t size)
{
    size_t length = strlen(file);
    for (const char *at = from; (at = strstr(at, file)); at += length) {
        if (at[length] != ':' || !isdigit((unsigned char)at[length + 1])) continue;
        const char *end = at + length + 1;
        while (isdigit((unsigned char)*end)) end++;
        const char *path = at;
        while (path > from && !strchr(" \t\n(", path[-1])) path--;
        if (path < at && at[-1] != '/') continue;
        const char *stop = path;
        while (stop > from && strchr(" (", stop[-1])) stop--;
        const char *function = stop;
        while (function > from && !isspace((unsigned char)function[-1])) function--;
        bool is_named = function < stop &&
                        (isalpha((unsigned char)*function) || *function == '_');
        if (is_named)
            snprintf(text, size, "%.*s (%.*s)", (int)(end - at), at,
                     (int)(stop - function), function);
        else
            snprintf(text, size, "%.*s", (int)(end - at), at);
        return end;
    }
    return NULL;
}

// The tool's own words after the mark, to the end of the row.
static void undefined_tell(const char *at, const struct fault *fault, char *text,
                           size_t size)
{
    const char *words = at + strlen(fault->mark);
    snprintf(text, size, "%.*s", (int)strcspn(words, "\n"), words);
}

static const char *row_start(const char *printed, const char *at)
{
    while (at > printed && at[-1] != '\n') at--;
    return at;
}

// A race has two sides: the second one's call follows on the word "Previous", or "previous".
static void other_side(const char *after, const char *file, char *text, size_t size)
{
    char frame[160];
    const char *previous = after ? strstr(after, "revious ") : NULL;
    *text = '\0';
    if (previous && frame_find(previous, file, frame, sizeof frame))
        snprintf(text, size, " and %s", frame);
}

struct report sanitizer_report(const char *printed, const char *file)
{
    struct report report = {.kind = REPORT_NONE};
    char frame[160], other[176] = "", sentence[256];
    const char *at = NULL;
    for (int i = 0; i < BROKEN; i++)
        if (strstr(printed, broken[i])) {
            report.kind = REPORT_BROKEN;
            snprintf(report.text, sizeof report.text, "%s", broken[i]);
        }
    const struct fault *fault = fault_find(printed, &at);
    if (report.kind == REPORT_BROKEN || !fault) return report;
    if (fault->sentence)
        snprintf(sentence, sizeof sentence, "%s", fault->sentence);
    else
        undefined_tell(at, fault, sentence, sizeof sentence);
    const char *end = frame_find(row_start(printed, at), file, frame, sizeof frame);
    if (!end)
        snprintf(frame, sizeof frame, "in a library, on your behalf");
    else if (strcmp(fault->diagnosis, "data race") == 0)
        other_side(end, file, other, sizeof other);
    report.kind = REPORT_FINDING;
    snprintf(report.diagnosis, sizeof report.diagnosis, "%s", fault->diagnosis);
    snprintf(report.text, sizeof report.text, "%s%s: %s", frame, other, sentence);
    return report;
}
