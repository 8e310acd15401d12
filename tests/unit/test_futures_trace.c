// Traces: what is recorded of each task, and how it is written; for each kind of executor.

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "futures/trace.h"
#include "futures_tasks.h"
#include "unit/unit.h"

enum { TASKS = 50 };

static void run_traced(int kind, struct trace *trace, bool of_all)
{
    struct pool_options options = {.workers = 2, .trace = of_all ? NULL : trace};
    if (of_all) futures_trace_all(trace);
    struct executor *executor = executor_create((enum executor_kind)kind, &options);
    futures_trace_all(NULL);
    for (int i = 0; i < TASKS; i++) future_free(submit_int(executor, add_up, 10));
    executor_destroy(executor);
}

START_TEST(test_trace_has_every_task)
{
    struct trace *trace = trace_create(1000);
    struct trace_event events[1000];
    run_traced(_i, trace, false);
    ck_assert_uint_eq(trace_count(trace), TASKS);
    ck_assert_uint_eq(trace_read(trace, events, 1000), TASKS);
    for (int i = 0; i < TASKS; i++) {
        ck_assert_int_lt(0, events[i].submit_ns);
        ck_assert_int_le(events[i].submit_ns, events[i].start_ns);
        ck_assert_int_lt(events[i].start_ns, events[i].end_ns);
        ck_assert(events[i].worker == 0 || events[i].worker == 1);
        bool here = events[i].process_id == getpid();
        ck_assert_int_eq(here, _i != EXECUTOR_PROCESSES);
        ck_assert_int_ne(events[i].thread_id, getpid());
    }
    trace_clear(trace);
    ck_assert_uint_eq(trace_read(trace, events, 1000), 0);
    trace_destroy(trace);
}
END_TEST

START_TEST(test_trace_of_pools_that_others_create)
{
    struct trace *trace = trace_create(1000);
    run_traced(_i, trace, true);
    ck_assert_uint_eq(trace_count(trace), TASKS);
    trace_destroy(trace);
}
END_TEST

START_TEST(test_full_trace_counts_on)
{
    struct trace *trace = trace_create(10);
    struct trace_event events[20];
    run_traced(_i, trace, false);
    ck_assert_uint_eq(trace_count(trace), TASKS);
    ck_assert_uint_eq(trace_read(trace, events, 20), 10);
    trace_destroy(trace);
}
END_TEST

START_TEST(test_trace_knows_what_is_running)
{
    struct gate gate;
    gate_init(&gate);
    struct trace *trace = trace_create(10);
    struct pool_options options = {.workers = 1, .trace = trace};
    struct executor *executor = executor_create((enum executor_kind)_i, &options);
    struct future *futures[2] = {submit_hold(executor, &gate),
                                 submit_hold(executor, &gate)};
    gate_await(&gate, 1);
    struct trace_event events[2];
    ck_assert_uint_eq(trace_read(trace, events, 2), 2);
    ck_assert(events[0].start_ns > 0 && events[0].end_ns == 0);
    ck_assert(events[1].submit_ns > 0 && events[1].start_ns == 0);
    gate_release(&gate, 2);
    for (int i = 0; i < 2; i++) future_free(futures[i]);
    executor_destroy(executor);
    trace_destroy(trace);
    gate_close(&gate);
}
END_TEST

START_TEST(test_chrome_trace_is_json)
{
    char path[] = "/tmp/futures-trace-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
    struct trace *trace = trace_create(1000);
    run_traced(_i, trace, false);
    ck_assert_int_eq(trace_write_chrome(trace, path), 0);
    json_t *root = json_load_file(path, 0, NULL);
    unlink(path);
    ck_assert_ptr_nonnull(root);
    json_t *events = json_object_get(root, "traceEvents"), *event;
    size_t index, complete = 0;
    json_array_foreach(events, index, event)
    {
        const char *phase = json_string_value(json_object_get(event, "ph"));
        if (!phase || *phase != 'X') continue;
        complete += json_number_value(json_object_get(event, "dur")) > 0 &&
                    json_is_integer(json_object_get(event, "tid"));
    }
    ck_assert_uint_eq(complete, TASKS);
    json_decref(root);
    ck_assert_int_eq(trace_write_chrome(trace, "/nowhere/at/all"), -ENOENT);
    trace_destroy(trace);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_trace_has_every_task, test_trace_of_pools_that_others_create,
        test_full_trace_counts_on, test_trace_knows_what_is_running,
        test_chrome_trace_is_json,
    };
    Suite *suite = suite_create("futures: traces");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
