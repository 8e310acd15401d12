// Traces: an array of events in memory that forked workers share. Each event has one
// writer at a time (the submitter, then the worker), so the fields need no lock, only
// atomic stores.

#include "futures/trace_record.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include "futures/future.h"
#include "futures/clock.h"

struct trace {
    size_t capacity;
    size_t size_bytes;
    _Atomic size_t submitted; // may exceed capacity
    struct trace_event events[];
};

static struct trace *_Atomic trace_all;

struct trace *trace_create(size_t event_count)
{
    if (event_count > (SIZE_MAX / 2) / sizeof(struct trace_event)) {
        errno = EINVAL;
        return NULL;
    }
    size_t size = sizeof(struct trace) + event_count * sizeof(struct trace_event);
    struct trace *trace = mmap(NULL, size, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (trace == MAP_FAILED) return NULL;
    trace->capacity = event_count;
    trace->size_bytes = size;
    return trace;
}

void trace_destroy(struct trace *trace)
{
    if (trace) munmap(trace, trace->size_bytes);
}

void futures_trace_all(struct trace *trace)
{
    atomic_store(&trace_all, trace);
}

struct trace *trace_of_all(void)
{
    return atomic_load(&trace_all);
}

// ---- recording

static void store(int64_t *field, int64_t value)
{
    __atomic_store_n(field, value, __ATOMIC_RELEASE);
}

struct trace_event *trace_submit(struct trace *trace)
{
    size_t index = atomic_fetch_add(&trace->submitted, 1);
    if (index >= trace->capacity) return NULL;
    struct trace_event *event = &trace->events[index];
    store(&event->submit_ns, clock_ns());
    return event;
}

void trace_start(struct trace_event *event, int worker)
{
    static _Thread_local int32_t process_id, thread_id;
    static _Thread_local unsigned generation;
    if (thread_id == 0 ||
        generation != fork_generation) { // two system calls, once a thread
        process_id = getpid();
        thread_id = gettid();
        generation = fork_generation;
    }
    __atomic_store_n(&event->worker, worker, __ATOMIC_RELAXED);
    __atomic_store_n(&event->process_id, process_id, __ATOMIC_RELAXED);
    __atomic_store_n(&event->thread_id, thread_id, __ATOMIC_RELAXED);
    store(&event->start_ns, clock_ns());
}

void trace_end(struct trace_event *event)
{
    store(&event->end_ns, clock_ns());
}

// ---- reading

static struct trace_event read_event(const struct trace_event *event)
{
    struct trace_event copy = {0};
    copy.end_ns = __atomic_load_n(&event->end_ns, __ATOMIC_ACQUIRE);
    copy.start_ns = __atomic_load_n(&event->start_ns, __ATOMIC_ACQUIRE);
    copy.submit_ns = __atomic_load_n(&event->submit_ns, __ATOMIC_ACQUIRE);
    copy.worker = __atomic_load_n(&event->worker, __ATOMIC_RELAXED);
    copy.process_id = __atomic_load_n(&event->process_id, __ATOMIC_RELAXED);
    copy.thread_id = __atomic_load_n(&event->thread_id, __ATOMIC_RELAXED);
    return copy;
}

void trace_clear(struct trace *trace)
{
    size_t used = trace_count(trace);
    if (used > trace->capacity) used = trace->capacity;
    for (size_t i = 0; i < used; i++) trace->events[i] = (struct trace_event){0};
    atomic_store(&trace->submitted, 0);
}

size_t trace_count(const struct trace *trace)
{
    return atomic_load(&trace->submitted);
}

size_t trace_read(const struct trace *trace, struct trace_event events[],
                  size_t count)
{
    size_t used = trace_count(trace);
    if (used > trace->capacity) used = trace->capacity;
    if (count > used) count = used;
    for (size_t i = 0; i < count; i++) events[i] = read_event(&trace->events[i]);
    return count;
}

static void write_event(FILE *stream, const struct trace_event *event, size_t index)
{
    double start_us = (double)event->start_ns / 1000;
    double wait_us = (double)(event->start_ns - event->submit_ns) / 1000;
    double duration_us = (double)(event->end_ns - event->start_ns) / 1000;
    fprintf(stream,
            ",\n{\"name\":\"task "
            "%zu\",\"cat\":\"task\",\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"ts\":%.3f,"
            "\"dur\":%.3f,\"args\":{\"worker\":%d,\"queued_us\":%.3f}}",
            index, event->process_id, event->thread_id, start_us, duration_us,
            event->worker, wait_us);
}

int trace_write_chrome(const struct trace *trace, const char *path)
{
    FILE *stream = fopen(path, "we");
    if (!stream) return -errno;
    fprintf(stream,
            "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
            "{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":%d,"
            "\"args\":{\"name\":\"tasks\"}}",
            (int)getpid());
    size_t used = trace_count(trace);
    for (size_t i = 0; i < used && i < trace->capacity; i++) {
        struct trace_event event = read_event(&trace->events[i]);
        if (event.end_ns) write_event(stream, &event, i);
    }
    fprintf(stream, "\n]}\n");
    int status = ferror(stream) ? -EIO : 0;
    if (fclose(stream) != 0 && status == 0) status = -errno;
    return status;
}
