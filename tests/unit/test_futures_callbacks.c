// Callbacks: order, thread, and what they may do to their future; for each kind of executor.

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>
#include "futures_notes.h"
#include "unit/unit.h"

static void first(struct future *future, void *data)
{
    note(data, 'a');
}

static void second(struct future *future, void *data)
{
    note(data, 'b');
}

static void third(struct future *future, void *data)
{
    struct notes *notes = data;
    notes->thread = pthread_self();
    notes->value = future_is_done(future);
    note(notes, 'c');
    say_done(notes);
}

START_TEST(test_callbacks_run_in_the_order_added)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_hold(executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(future, first, &notes);
    future_on_done(future, second, &notes);
    future_on_done(future, third, &notes);
    gate_release(&notes.gate, 1);
    ck_assert_int_eq(int_result(future), 1);
    await_callback(&notes);
    ck_assert_str_eq(notes.order, "abc");
    ck_assert(notes.value);
    ck_assert(!pthread_equal(notes.thread, pthread_self()));
    future_free(future);
    executor_destroy(executor);
    gate_close(&notes.gate);
}
END_TEST

START_TEST(test_callback_runs_at_once_when_done)
{
    struct notes notes = {0};
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_int(executor, square, 2);
    ck_assert_int_eq(int_result(future), 4);
    future_on_done(future, first, &notes);
    ck_assert_str_eq(notes.order, "a");
    future_on_done(future, second, &notes);
    ck_assert_str_eq(notes.order, "ab");
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_callback_of_a_cancelled_task)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *running = submit_hold(executor, &notes.gate);
    struct future *pending = submit_hold(executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(pending, first, &notes);
    ck_assert(future_cancel(pending));
    ck_assert_str_eq(notes.order, "a"); // in the cancelling thread
    ck_assert(future_cancel(pending));
    ck_assert_str_eq(notes.order, "a"); // once
    gate_release(&notes.gate, 1);
    future_free(pending);
    future_free(running);
    executor_destroy(executor);
    gate_close(&notes.gate);
}
END_TEST

static void free_it(struct future *future, void *data)
{
    future_free(future);
    say_done(data);
}

START_TEST(test_callback_frees_its_future)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_hold(executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(future, free_it, &notes);
    gate_release(&notes.gate, 1);
    await_callback(&notes);
    struct future *running = submit_hold(executor, &notes.gate);
    gate_await(&notes.gate, 1);
    struct future *pending = submit_hold(executor, &notes.gate);
    future_on_done(pending, free_it, &notes);
    ck_assert(future_cancel(pending));
    gate_release(&notes.gate, 1);
    future_free(running);
    executor_destroy(executor);
    gate_close(&notes.gate);
}
END_TEST

static void look_at_it(struct future *future, void *data)
{
    ((struct notes *)data)->value = future_is_done(future);
}

START_TEST(test_callback_finds_a_future_that_another_freed)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    struct future *promise = promise_create(); // which no executor holds
    future_on_done(promise, free_it, &notes);
    future_on_done(promise, look_at_it, &notes);
    ck_assert_int_eq(promise_set_result(promise, "x", 1), 0);
    ck_assert_int_eq(notes.value, 1);
    gate_close(&notes.gate);
}
END_TEST

static void add_another(struct future *future, void *data)
{
    future_on_done(future, first, data);
    say_done(data);
}

START_TEST(test_callback_adds_another)
{
    struct notes notes = {0};
    gate_init(&notes.gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_hold(executor, &notes.gate);
    gate_await(&notes.gate, 1);
    future_on_done(future, add_another, &notes);
    gate_release(&notes.gate, 1);
    await_callback(&notes);
    ck_assert_str_eq(notes.order, "a");
    future_free(future);
    executor_destroy(executor);
    gate_close(&notes.gate);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_callbacks_run_in_the_order_added,
        test_callback_runs_at_once_when_done,
        test_callback_of_a_cancelled_task,
        test_callback_frees_its_future,
        test_callback_adds_another,
        test_callback_finds_a_future_that_another_freed,
    };
    Suite *suite = suite_create("futures: callbacks");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
