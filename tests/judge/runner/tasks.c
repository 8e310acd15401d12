#include "judge/runner/tasks.h"
#include "futures/trace.h"
#include "judge/clock.h"
#include "judge/in_flight.h"
#include "judge/runner/page.h"
#include <stdlib.h>

enum { EVENTS = 100000, PROCESSORS = 2 };

static struct trace *trace;

int64_t tasks_watch(void)
{
    if (!trace)
        trace = trace_create(EVENTS);
    else
        trace_clear(trace);
    futures_trace_all(trace);
    return clock_now_ns();
}

// How long a thread that has ended had waited for a processor.
static int64_t thread_wait_ns(const struct trace_event *event)
{
    const struct runner_page *page = runner_page();
    uint32_t count = page ? page->ended.count : 0;
    for (uint32_t i = 0; i < count && i < ENDED_LIMIT; i++)
        if (page->ended.thread[i].thread == event->thread_id &&
            page->ended.thread[i].process == event->process_id)
            return (int64_t)page->ended.thread[i].wait_ns;
    return 0;
}

static int is_first_of_thread(const struct trace_event events[], size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (events[i].thread_id == events[index].thread_id &&
            events[i].process_id == events[index].process_id && events[i].start_ns)
            return 0;
    return 1;
}

// A worker that was kept from a processor before its first task would have begun it earlier,
// though never before it was submitted.
static struct task_span span_of(const struct trace_event events[], size_t index,
                                int64_t end_ns)
{
    const struct trace_event *event = &events[index];
    struct task_span span = {event->start_ns,
                             event->end_ns ? event->end_ns : end_ns};
    if (index < 64 && is_first_of_thread(events, index)) {
        span.start_ns -= thread_wait_ns(event);
        if (span.start_ns < event->submit_ns) span.start_ns = event->submit_ns;
    }
    return span;
}

struct tasks_seen tasks_seen(int64_t begin_ns, int64_t end_ns)
{
    struct tasks_seen seen = {-1, 0};
    size_t count = trace ? trace_count(trace) : 0, spans = 0;
    futures_trace_all(NULL);
    if (count == 0 || count > EVENTS) return seen;
    struct trace_event *events = malloc(count * sizeof *events);
    struct task_span *span = malloc(count * sizeof *span);
    if (events && span) {
        count = trace_read(trace, events, count);
        for (size_t i = 0; i < count; i++)
            if (events[i].start_ns) span[spans++] = span_of(events, i, end_ns);
        double mean = in_flight_mean(span, spans, begin_ns, end_ns, PROCESSORS);
        seen = (struct tasks_seen){(int64_t)(mean * 1e6), (int64_t)count};
    }
    free(events);
    free(span);
    return seen;
}
