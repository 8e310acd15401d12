// What tasks and callbacks may do in their own pool: submit, wait, map, cancel; for each kind of
// executor. One worker is enough for all of it.

#include <errno.h>
#include <stdlib.h>
#include "futures_notes.h"
#include "unit/unit.h"

struct nested {
    struct executor *executor;
    int depth;
};

static int go_deeper(const void *args, void *result)
{
    const struct nested *nested = args;
    *(int *)result = nested->depth;
    if (nested->depth == 0) return 0;
    struct nested inner = {nested->executor, nested->depth - 1};
    struct future *future = executor_submit(nested->executor, go_deeper, &inner,
                                            sizeof inner, sizeof(int));
    if (!future) return -errno;
    int below = 0;
    int status = future_result(future, &below, -1);
    future_free(future);
    *(int *)result += below;
    return status;
}

START_TEST(test_worker_runs_what_it_waits_for)
{
    struct nested nested = {create_pool(_i, 1), 20};
    struct future *future = executor_submit(nested.executor, go_deeper, &nested,
                                            sizeof nested, sizeof(int));
    if (_i == EXECUTOR_PROCESSES) {
        struct task_error error; // a pool's copy in its worker has no workers
        ck_assert_int_eq(future_error(future, &error, LIMIT_MS), -ECHILD);
        ck_assert_int_eq(error.number, -EDEADLK);
    } else {
        ck_assert_int_eq(int_result(future), 210);
    }
    future_free(future);
    executor_destroy(nested.executor);
}
END_TEST

static int wait_a_moment(const void *args, void *result)
{
    const struct nested *nested = args;
    struct future *future = submit_int(nested->executor, square, 3);
    int status = future_result(future, NULL, 5);
    *(int *)result = status == -ETIMEDOUT && !future_is_done(future);
    future_free(future);
    return 0;
}

START_TEST(test_worker_runs_nothing_that_it_waits_for_with_a_timeout)
{
    if (_i == EXECUTOR_PROCESSES) return;
    struct nested nested = {create_pool(_i, 1), 0};
    struct future *future = executor_submit(nested.executor, wait_a_moment, &nested,
                                            sizeof nested, sizeof(int));
    ck_assert_int_eq(int_result(future), 1);
    future_free(future);
    executor_destroy(nested.executor);
}
END_TEST

static int map_inside(const void *args, void *result)
{
    const struct nested *nested = args;
    int in[50], out[50], sum = 0;
    for (int i = 0; i < 50; i++) in[i] = i;
    int status = executor_map(nested->executor, square, in, sizeof *in, out,
                              sizeof *out, 50, NULL, NULL);
    for (int i = 0; status == 0 && i < 50; i++) sum += out[i];
    struct future *futures[4];
    for (int i = 0; i < 4; i++)
        futures[i] = submit_int(nested->executor, square, 10);
    status = status ? status : futures_wait(futures, 4, FUTURES_FIRST_COMPLETED, -1);
    for (int i = 0; i < 4; i++) future_free(futures[i]);
    *(int *)result = sum;
    return status;
}

START_TEST(test_worker_maps_and_waits_inside)
{
    if (_i == EXECUTOR_PROCESSES) return;
    struct nested nested = {create_pool(_i, 1), 0};
    struct future *future = executor_submit(nested.executor, map_inside, &nested,
                                            sizeof nested, sizeof(int));
    ck_assert_int_eq(int_result(future), 40425);
    future_free(future);
    executor_destroy(nested.executor);
}
END_TEST

// ---- callbacks

static void submit_and_wait(struct future *future, void *data)
{
    struct notes *notes = data;
    struct future *inner = submit_int(notes->executor, square, 5);
    int value = 0;
    if (future_result(inner, &value, -1) == 0) notes->value = value;
    future_free(inner);
    say_done(notes);
}

START_TEST(test_callback_submits_and_waits)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    notes.executor = create_pool(_i, 1); // its only thread is in the callback
    struct future *future = submit_hold(notes.executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(future, submit_and_wait, &notes);
    gate_release(&notes.gate, 1);
    await_callback(&notes);
    ck_assert_int_eq(notes.value, 25);
    future_free(future);
    executor_destroy(notes.executor);
    gate_close(&notes.gate);
}
END_TEST

static void map_and_walk(struct future *future, void *data)
{
    struct notes *notes = data;
    int args[20], results[20], sum = 0;
    for (int i = 0; i < 20; i++) args[i] = i;
    if (executor_map(notes->executor, square, args, sizeof *args, results,
                     sizeof *results, 20, NULL, NULL) == 0)
        for (int i = 0; i < 20; i++) sum += results[i];
    struct future *futures[3];
    for (int i = 0; i < 3; i++)
        futures[i] = submit_int(notes->executor, square, 100);
    struct completions *completions = futures_as_completed(futures, 3, -1);
    for (int i = 0; i < 3; i++) {
        int value = 0;
        future_result(completions_next(completions), &value, 0);
        sum += value;
    }
    completions_free(completions);
    for (int i = 0; i < 3; i++) future_free(futures[i]);
    notes->value = sum;
    say_done(notes);
}

START_TEST(test_callback_maps_and_walks)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    notes.executor = create_pool(_i, 1);
    struct future *future = submit_hold(notes.executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(future, map_and_walk, &notes);
    gate_release(&notes.gate, 1);
    await_callback(&notes);
    ck_assert_int_eq(notes.value, 2470 + 30000);
    future_free(future);
    executor_destroy(notes.executor);
    gate_close(&notes.gate);
}
END_TEST

static void cancel_other(struct future *future, void *data)
{
    struct notes *notes = data;
    notes->value = future_cancel(notes->other);
    say_done(notes);
}

START_TEST(test_callback_cancels_another)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *promise = promise_create();
    struct future *running = submit_hold(executor, &notes.gate);
    gate_await(&notes.gate, 1);
    notes.other = submit_hold(executor, &notes.gate);
    future_on_done(promise, cancel_other, &notes);
    ck_assert_int_eq(promise_set_result(promise, "x", 1), 0);
    ck_assert_int_eq(notes.value, 1);
    gate_release(&notes.gate, 1);
    ck_assert_int_eq(int_result(running), 1);
    future_free(running);
    future_free(notes.other);
    future_free(promise);
    executor_destroy(executor);
    gate_close(&notes.gate);
}
END_TEST

static void shut_down_inside(struct future *future, void *data)
{
    struct notes *notes = data;
    notes->value = executor_shutdown(notes->executor, true, false);
    say_done(notes);
}

START_TEST(test_worker_cannot_wait_for_its_own_end)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    notes.executor = create_pool(_i, 1);
    struct future *future = submit_hold(notes.executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(future, shut_down_inside, &notes);
    gate_release(&notes.gate, 1);
    await_callback(&notes);
    ck_assert_int_eq(notes.value, -EDEADLK);
    future_free(future);
    executor_destroy(notes.executor);
    gate_close(&notes.gate);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_worker_runs_what_it_waits_for,
        test_worker_runs_nothing_that_it_waits_for_with_a_timeout,
        test_worker_maps_and_waits_inside,
        test_callback_submits_and_waits,
        test_callback_maps_and_walks,
        test_callback_cancels_another,
        test_worker_cannot_wait_for_its_own_end,
    };
    Suite *suite = suite_create("futures: inside");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
