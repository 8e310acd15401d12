#ifndef PICTURES_RECORDER_H
#define PICTURES_RECORDER_H

// The calls of an exercise's functions, as a trace has them. 7.x-title/calls.c says once for
// each of them what it takes and what it is called with:
//
//     RECORDED_CALL(submit_table,
//                   (enum executor_kind kind, int workers, int n, int results[]),
//                   (kind, workers, n, results))
//
// The program is linked with --wrap for it, so that the linker sends every call that run.c makes
// to __wrap_submit_table, and what the student wrote is __real_submit_table.
//
// For the thread that calls the exercise's functions, one call at a time.

#include <stdint.h>

// From here on tasks, and what this thread asks of executors and futures, are recorded, if the
// environment names a file as TRACE. When the call began.
int64_t recorder_begin(void);

// No longer; the call itself becomes a span of that name, which is borrowed for ever.
void recorder_end(const char *name, int64_t begin_ns);

#define RECORDED_CALL(name, parameters, arguments)                                  \
    int __real_##name parameters;                                                   \
    int __wrap_##name parameters;                                                   \
    int __wrap_##name parameters                                                    \
    {                                                                               \
        int64_t begin_ns = recorder_begin();                                        \
        int status = __real_##name arguments;                                       \
        recorder_end(#name, begin_ns);                                              \
        return status;                                                              \
    }

#endif
