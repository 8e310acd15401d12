#ifndef FUTURES_TRACE_RECORD_H
#define FUTURES_TRACE_RECORD_H

// How the pools write into a trace: one event a task, in memory shared with process
// workers. A NULL event means that the trace is full: it is not recorded.

#include "futures/trace.h"

// Takes an event for a task that is submitted now; NULL when the trace is full.
struct trace_event *trace_submit(struct trace *trace);

// The task begins or ends, in this thread.
void trace_start(struct trace_event *event, int worker);
void trace_end(struct trace_event *event);

// The trace of all pools created from now on, or NULL.
struct trace *trace_of_all(void);

#endif
