// Callbacks: order, thread, and what they may do; for each kind of executor.

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

// What the callbacks of a test leave behind.
struct notes {
    struct gate gate;
    struct executor *executor;
    struct future *other;
    char order[8];
    _Atomic int length;
    pthread_t thread;
    _Atomic int value;
};

// A callback says that it has come to its end, and the test waits for that.
static void say_done(struct notes *notes)
{
    ck_assert_int_eq(write(notes->gate.inside[1], "x", 1), 1);
}

static void await_callback(struct notes *notes)
{
    gate_await(&notes->gate, 1);
}

static void note(struct notes *notes, char letter)
{
    notes->order[atomic_fetch_add(&notes->length, 1)] = letter;
}

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
        test_callbacks_run_in_the_order_added,
        test_callback_runs_at_once_when_done,
        test_callback_of_a_cancelled_task,
        test_callback_submits_and_waits,
        test_callback_maps_and_walks,
        test_callback_frees_its_future,
        test_callback_adds_another,
        test_callback_finds_a_future_that_another_freed,
        test_callback_cancels_another,
        test_worker_cannot_wait_for_its_own_end,
    };
    Suite *suite = suite_create("futures: callbacks");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
