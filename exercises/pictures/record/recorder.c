// Records what runs when on which worker, while a run-7.x program runs the exercise: linked
// with --wrap, the functions here stand between run.c and the student's code. The trace goes
// to the file that the environment names as TRACE.
//
// The tasks are those of futures/trace.h; beside them stand the calls of the exercise's
// functions ("cat": "call"), what their thread does meanwhile ("caller"), and how many tasks
// are submitted and have not started (a counter).

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "conversion.h"
#include "correlations.h"
#include "pictures/record/spans.h"
#include "pictures/record/trace_file.h"
#include "submit.h"

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

static void record(void)
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
}

static void record_no_more(const char *name, int64_t begin_ns)
{
    spans_end();
    futures_trace_all(NULL);
    if (trace) spans_add(&calls, name, begin_ns, span_clock_ns());
}

// A program holds the functions of one exercise; the others are never called.
#define CALL(name, parameters, arguments)                                           \
    int __real_##name parameters __attribute__((weak));                             \
    int __wrap_##name parameters;                                                   \
    int __wrap_##name parameters                                                    \
    {                                                                               \
        record();                                                                   \
        int64_t begin_ns = span_clock_ns();                                         \
        int status = __real_##name arguments;                                       \
        record_no_more(#name, begin_ns);                                            \
        return status;                                                              \
    }

CALL(submit_table, (enum executor_kind kind, int workers, int n, int results[]),
     (kind, workers, n, results))
CALL(convert_files,
     (enum executor_kind kind, int workers, const char *const json_paths[],
      size_t count, int statuses[]),
     (kind, workers, json_paths, count, statuses))
CALL(load_series,
     (enum executor_kind kind, int workers, const char *const h5_paths[],
      size_t count, const char *column, struct aligned_series *aligned),
     (kind, workers, h5_paths, count, column, aligned))
CALL(correlate_pairs,
     (enum executor_kind kind, int workers, const struct aligned_series *series,
      double r[], struct best_pair *best),
     (kind, workers, series, r, best))
