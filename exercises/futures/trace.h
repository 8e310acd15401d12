#ifndef FUTURES_TRACE_H
#define FUTURES_TRACE_H

// Traces: when each task of a pool was submitted, started and ended, and by which worker.
//
//     struct trace *trace = trace_create(100000);
//     struct pool_options options = {.trace = trace};    // one pool; or
//     futures_trace_all(trace);                          // all pools created from now on
//     ...
//     trace_write_chrome(trace, "trace.json");           // for Perfetto or chrome://tracing
//     trace_destroy(trace);                              // after the pools
//
// Recording costs a task less than 100 ns. Any number of threads and of pools, and the process
// pools' workers, may record while others read.

#include <stddef.h>
#include <stdint.h>

struct trace;

// One task. Times are nanoseconds of CLOCK_MONOTONIC; 0: has not happened.
struct trace_event {
    int64_t submit_ns;
    int64_t start_ns;
    int64_t end_ns;
    int32_t worker;     // its number in its pool
    int32_t process_id; // where it ran
    int32_t thread_id;  // the kernel's number of the thread that ran it
    int32_t unused;
};

// Room for event_count tasks, of which only what is used takes memory; later ones
// are counted but not recorded. Create it before the pools. The caller owns it
// (trace_destroy). NULL with errno ENOMEM or EINVAL.
struct trace *trace_create(size_t event_count);

// Frees it, when no pool uses it any more. NULL is allowed.
void trace_destroy(struct trace *trace);

// Makes every pool that this process creates from now on, without a trace of its
// own, record into trace (borrowed); NULL: none any more.
void futures_trace_all(struct trace *trace);

// Forgets what was recorded; no task of its pools may be pending or running.
void trace_clear(struct trace *trace);

// Copies the first events, in the order of submit, at most count; how many it copied.
size_t trace_read(const struct trace *trace, struct trace_event events[],
                  size_t count);

// How many tasks were submitted, recorded or not.
size_t trace_count(const struct trace *trace);

// Writes the trace events format: a line a worker, a bar a task, args with its wait
// in the queue. 0 or a negative errno (of the file). Source: "Trace Event Format",
// complete events ("ph": "X"), times in microseconds.
int trace_write_chrome(const struct trace *trace, const char *path);

#endif
