#ifndef PICTURES_TRACE_FILE_H
#define PICTURES_TRACE_FILE_H

// A trace as a file that Perfetto and chrome://tracing open, and `make trace` draws.
// Source: "Trace Event Format": complete events (X) with times in microseconds, metadata (M)
// that names lanes, counters (C).

#include "futures/trace.h"
#include "pictures/record/spans.h"

// Writes the tasks of trace that have ended, the exercise's calls, what their thread did in
// them, and the number of waiting tasks. Times count from the first call. 0, or a negative
// errno.
int trace_file_write(const char *path, const struct trace *trace,
                     const struct spans *calls, const struct spans *caller);

#endif
