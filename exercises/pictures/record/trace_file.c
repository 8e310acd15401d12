// The tasks are written by futures' own trace_write_chrome; the rest is added to that.

#include "pictures/record/trace_file.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_LANES = 4096 };

struct writing {
    json_t *events; // borrowed from the file's root
    int64_t origin_ns;
};

// A moment at which the number of waiting tasks changes.
struct step {
    int64_t at_ns;
    int change;
};

static double microseconds(int64_t ns)
{
    return (double)ns / 1000;
}

static void add_spans(struct writing *writing, const struct spans *spans,
                      const char *category)
{
    for (size_t k = 0; k < spans->count; k++) {
        const struct span *span = &spans->span[k];
        json_array_append_new(
            writing->events,
            json_pack("{s:s, s:s, s:s, s:i, s:i, s:f, s:f, s:{s:i}}", "name",
                      span->name, "cat", category, "ph", "X", "pid", (int)getpid(),
                      "tid", (int)gettid(), "ts",
                      microseconds(span->begin_ns - writing->origin_ns), "dur",
                      microseconds(span->end_ns - span->begin_ns), "args", "workers",
                      span->workers));
    }
}

static void name_lane(struct writing *writing, const char *what, int process,
                      int thread, const char *name)
{
    json_array_append_new(writing->events,
                          json_pack("{s:s, s:s, s:i, s:i, s:{s:s}}", "name", what,
                                    "ph", "M", "pid", process, "tid", thread, "args",
                                    "name", name));
}

static void name_worker(struct writing *writing, const struct trace_event *event)
{
    char name[32];
    snprintf(name, sizeof name, "worker %d", event->worker);
    if (event->process_id != getpid())
        name_lane(writing, "process_name", event->process_id, event->thread_id,
                  name);
    name_lane(writing, "thread_name", event->process_id, event->thread_id, name);
}

static void name_workers(struct writing *writing, const struct trace_event events[],
                         size_t count)
{
    static int32_t named[MOST_LANES];
    size_t name_count = 0;
    for (size_t k = 0; k < count; k++) {
        if (events[k].end_ns == 0) continue;
        size_t at = 0;
        while (at < name_count && named[at] != events[k].thread_id) at++;
        if (at < name_count || name_count == MOST_LANES) continue;
        named[name_count++] = events[k].thread_id;
        name_worker(writing, &events[k]);
    }
}

static int compare_steps(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    if (x->at_ns != y->at_ns) return x->at_ns < y->at_ns ? -1 : 1;
    return y->change - x->change; // a task waits before it starts
}

static int add_waiting(struct writing *writing, const struct trace_event events[],
                       size_t count)
{
    struct step *steps = calloc(2 * count + 1, sizeof *steps);
    if (!steps) return -ENOMEM;
    size_t step_count = 0;
    for (size_t k = 0; k < count; k++) {
        if (events[k].end_ns == 0) continue;
        steps[step_count++] = (struct step){events[k].submit_ns, 1};
        steps[step_count++] = (struct step){events[k].start_ns, -1};
    }
    qsort(steps, step_count, sizeof *steps, compare_steps);
    int waiting = 0;
    for (size_t k = 0; k < step_count; k++) {
        waiting += steps[k].change;
        json_array_append_new(
            writing->events,
            json_pack("{s:s, s:s, s:i, s:f, s:{s:i}}", "name", "waiting tasks", "ph",
                      "C", "pid", (int)getpid(), "ts",
                      microseconds(steps[k].at_ns - writing->origin_ns), "args",
                      "tasks", waiting));
    }
    free(steps);
    return 0;
}

// trace_write_chrome counts from the clock's own beginning.
static void shift_tasks(struct writing *writing)
{
    size_t index;
    json_t *event;
    json_array_foreach(writing->events, index, event)
    {
        json_t *ts = json_object_get(event, "ts");
        double since = json_number_value(ts) - microseconds(writing->origin_ns);
        json_real_set(ts, round(since * 1000) / 1000);
    }
}

static int add_all(struct writing *writing, const struct trace *trace,
                   const struct spans *calls, const struct spans *caller)
{
    size_t count = trace_count(trace);
    struct trace_event *events = calloc(count + 1, sizeof *events);
    if (!events) return -ENOMEM;
    count = trace_read(trace, events, count);
    writing->origin_ns = calls->count ? calls->span[0].begin_ns : 0;
    shift_tasks(writing);
    name_lane(writing, "thread_name", getpid(), gettid(), "caller");
    name_workers(writing, events, count);
    add_spans(writing, calls, "call");
    add_spans(writing, caller, "caller");
    int status = add_waiting(writing, events, count);
    free(events);
    return status;
}

int trace_file_write(const char *path, const struct trace *trace,
                     const struct spans *calls, const struct spans *caller)
{
    int status = trace_write_chrome(trace, path);
    if (status) return status;
    json_t *root = json_load_file(path, 0, NULL);
    struct writing writing = {json_object_get(root, "traceEvents"), 0};
    if (!writing.events)
        status = -ENOMEM;
    else
        status = add_all(&writing, trace, calls, caller);
    if (!status &&
        json_dump_file(root, path, JSON_COMPACT | JSON_REAL_PRECISION(12)))
        status = -EIO;
    json_decref(root);
    return status;
}
