// Records what runs when on which worker, while a run-7.x program runs the exercise. The trace
// goes to the file that the environment names as TRACE, when the program ends.
//
// The tasks are those of futures/trace.h; beside them stand the calls of the exercise's
// functions ("cat": "call"), what their thread does meanwhile ("caller"), and how many tasks
// are submitted and have not started (a counter).

#include "pictures/record/recorder.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "pictures/record/spans.h"
#include "pictures/record/trace_file.h"

enum { MOST_TASKS = 200000, MOST_SPANS = 400000, MOST_CALLS = 100 };

static struct trace *trace;
static struct spans caller = {.room = MOST_SPANS};
static struct spans calls = {.room = MOST_CALLS};

static void write_at_exit(void)
{
    const char *path = getenv("TRACE");
    int status = trace_file_write(path, trace, &calls, &caller);
    if (status)
        fprintf(stderr, "%s: %s\n", path, strerror(-status));
    else if (trace_count(trace) > MOST_TASKS)
        printf("The trace has the first %d of %zu tasks.\n", MOST_TASKS,
               trace_count(trace));
}

int64_t recorder_begin(void)
{
    if (!trace && getenv("TRACE")) {
        trace = trace_create(MOST_TASKS);
        caller.span = calloc(caller.room, sizeof *caller.span);
        calls.span = calloc(calls.room, sizeof *calls.span);
        if (!trace || !caller.span || !calls.span) {
            fputs("No memory for a trace.\n", stderr);
            exit(EXIT_FAILURE);
        }
        atexit(write_at_exit);
    }
    futures_trace_all(trace);
    if (trace) spans_begin(&caller);
    return span_clock_ns();
}

void recorder_end(const char *name, int64_t begin_ns)
{
    spans_end();
    futures_trace_all(NULL);
    if (trace) spans_add(&calls, name, begin_ns, span_clock_ns());
}
