// Map: order, chunks, bounds, failures, timeouts; for each kind of executor.

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "futures/trace.h"
#include "futures_tasks.h"
#include "unit/unit.h"

enum { COUNT = 3000 };

static int args[COUNT], results[COUNT], errors[COUNT];

static void fill_args(void)
{
    for (int i = 0; i < COUNT; i++) args[i] = i;
    memset(results, 0, sizeof results);
    memset(errors, 1, sizeof errors);
}

static int map_ints(struct executor *executor, task_fn *task, size_t count,
                    struct map_options options)
{
    fill_args();
    return executor_map(executor, task, args, sizeof(int), results, sizeof(int),
                        count, errors, &options);
}

START_TEST(test_map_keeps_the_order)
{
    static const size_t chunks[] = {0, 1, 7, 1000, COUNT, COUNT + 1};
    struct executor *executor = create_pool(_i, 3);
    for (size_t k = 0; k < sizeof chunks / sizeof *chunks; k++) {
        struct map_options options = {.chunk_size = chunks[k]};
        ck_assert_int_eq(map_ints(executor, square, COUNT, options), 0);
        bool right = true;
        for (int i = 0; i < COUNT; i++)
            right = right && results[i] == i * i && errors[i] == 0;
        ck_assert_msg(right, "chunks of %zu", chunks[k]);
    }
    executor_destroy(executor);
}
END_TEST

START_TEST(test_map_without_options_and_errors)
{
    struct executor *executor = create_pool(_i, 2);
    fill_args();
    ck_assert_int_eq(executor_map(executor, square, args, sizeof(int), results,
                                  sizeof(int), 100, NULL, NULL),
                     0);
    ck_assert_int_eq(results[99], 9801);
    ck_assert_int_eq(executor_map(executor, square, NULL, 0, NULL, 0, 0, NULL, NULL),
                     0);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_map_bounds_what_is_in_flight)
{
    struct trace *trace = trace_create(200);
    struct pool_options options = {.workers = 2, .trace = trace};
    struct executor *executor = executor_create((enum executor_kind)_i, &options);
    struct map_options bounded = {.in_flight = 3};
    ck_assert_int_eq(map_ints(executor, square, 200, bounded), 0);
    ck_assert_int_eq(results[199], 199 * 199);
    executor_destroy(executor);
    struct trace_event events[200];
    ck_assert_uint_eq(trace_read(trace, events, 200), 200);
    for (int i = 3; i < 200; i++) // it ended before this one was let in
        ck_assert_int_le(events[i - 3].end_ns, events[i].submit_ns);
    trace_destroy(trace);
}
END_TEST

static int square_but_ten(const void *arguments, void *result)
{
    int number = *(const int *)arguments, work_us = 100;
    if (number == 10) return -ERANGE;
    // There is always something left to cancel when word of the failure has gone round.
    if (number > 10) add_up(&work_us, result);
    return square(arguments, result);
}

START_TEST(test_map_tells_the_items_own_error)
{
    struct executor *executor = create_pool(_i, 2);
    for (size_t chunk = 1; chunk <= 9; chunk += 4) {
        struct map_options options = {.chunk_size = chunk, .keep_going = true};
        ck_assert_int_eq(map_ints(executor, square_but_ten, 100, options), -ECHILD);
        for (int i = 0; i < 100; i++)
            ck_assert_int_eq(errors[i], i == 10 ? -ERANGE : 0);
        ck_assert_int_eq(results[99], 9801);
    }
    executor_destroy(executor);
}
END_TEST

START_TEST(test_map_failure_cancels_the_rest)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    for (size_t chunk = 1; chunk <= 4; chunk += 3) {
        struct map_options options = {.chunk_size = chunk};
        ck_assert_int_eq(map_ints(executor, square_but_ten, COUNT, options),
                         -ECHILD);
        ck_assert_int_eq(errors[10], -ERANGE);
        ck_assert_int_eq(errors[0], 0);
        ck_assert_int_eq(results[7], 49);
        if (chunk > 1) ck_assert_int_eq(errors[11], -ECANCELED);
        int cancelled = 0;
        for (int i = 12; i < COUNT; i++) cancelled += errors[i] == -ECANCELED;
        ck_assert_int_gt(cancelled, 0);
    }
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

static int hold_or_pass(const void *arguments, void *result)
{
    const struct gate *gate = arguments;
    if (gate->go[0] >= 0) gate_pass(gate);
    *(int *)result = 1;
    return 0;
}

START_TEST(test_map_timeout_counts_from_the_call)
{
    struct gate gates[3];
    int done[3] = {0}, numbers[3];
    struct map_options options = {.timeout_ms = 30};
    gate_init(&gates[1]);
    gates[0] = gates[2] = (struct gate){{-1, -1}, {-1, -1}};
    struct executor *executor = create_pool(_i, 1);
    int status = executor_map(executor, hold_or_pass, gates, sizeof *gates, done,
                              sizeof *done, 3, numbers, &options);
    ck_assert_int_eq(status, -ETIMEDOUT);
    ck_assert_int_eq(numbers[0], 0);
    ck_assert_int_eq(done[0], 1);
    ck_assert_int_eq(numbers[1], -ETIMEDOUT); // ran, and runs on
    ck_assert_int_eq(numbers[2], -ETIMEDOUT); // was cancelled
    gate_release(&gates[1], 1);
    executor_destroy(executor);
    gate_close(&gates[1]);
}
END_TEST

START_TEST(test_map_sleeps_once_for_all)
{
    static const int tasks_us[500] = {20000}; // and the others next to nothing
    struct rusage before, after;
    struct executor *executor = create_pool(_i, 1);
    getrusage(RUSAGE_THREAD, &before);
    ck_assert_int_eq(executor_map(executor, add_up, tasks_us, sizeof *tasks_us,
                                  results, sizeof *results, 500, NULL, NULL),
                     0);
    getrusage(RUSAGE_THREAD, &after);
    ck_assert_int_lt(after.ru_nvcsw - before.ru_nvcsw, 50);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_map_larger_than_every_queue)
{
    enum { MANY = 20000 };
    int *in = malloc(MANY * sizeof(int)), *out = calloc(MANY, sizeof(int));
    for (int i = 0; i < MANY; i++) in[i] = i % 1000;
    struct executor *executor = create_pool(_i, 2);
    ck_assert_int_eq(executor_map(executor, square, in, sizeof(int), out,
                                  sizeof(int), MANY, NULL, NULL),
                     0);
    bool right = true;
    for (int i = 0; i < MANY; i++) right = right && out[i] == in[i] * in[i];
    ck_assert(right);
    executor_destroy(executor);
    free(in);
    free(out);
}
END_TEST

START_TEST(test_map_after_shutdown)
{
    struct executor *executor = create_pool(_i, 1);
    executor_shutdown(executor, true, false);
    struct map_options options = {0};
    ck_assert_int_eq(map_ints(executor, square, 3, options), -ESHUTDOWN);
    ck_assert_int_eq(errors[0], -ECANCELED);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_map_refuses_results_that_do_not_fit)
{
    struct executor *executor = create_pool(_i, 1);
    struct sized sized = {64};
    char small[16];
    int number;
    ck_assert_int_eq(executor_map(executor, echo_bytes, &sized, sizeof sized, small,
                                  sizeof small, 1, &number, NULL),
                     -ECHILD);
    ck_assert_int_eq(number, -EMSGSIZE);
    executor_destroy(executor);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_map_keeps_the_order,          test_map_without_options_and_errors,
        test_map_bounds_what_is_in_flight, test_map_tells_the_items_own_error,
        test_map_failure_cancels_the_rest, test_map_timeout_counts_from_the_call,
        test_map_sleeps_once_for_all,      test_map_larger_than_every_queue,
        test_map_after_shutdown,           test_map_refuses_results_that_do_not_fit,
    };
    Suite *suite = suite_create("futures: map");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
