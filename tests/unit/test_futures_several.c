// Several futures at a time: futures_wait and futures_as_completed, over pools of every kind.

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include "futures_tasks.h"
#include "unit/unit.h"

enum { FEW = 3 };

// Three tasks, each held at a gate of its own, in pools of all three kinds.
struct held {
    struct gate gates[FEW];
    struct executor *executors[FEW];
    struct future *futures[FEW];
};

static void held_init(struct held *held)
{
    for (int i = 0; i < FEW; i++) gate_init(&held->gates[i]);
    for (int i = 0; i < FEW; i++) held->executors[i] = create_pool(i, 1);
    for (int i = 0; i < FEW; i++) {
        held->futures[i] = submit_hold(held->executors[i], &held->gates[i]);
        gate_await(&held->gates[i], 1);
    }
}

static void held_close(struct held *held)
{
    for (int i = 0; i < FEW; i++) {
        future_free(held->futures[i]);
        executor_destroy(held->executors[i]);
        gate_close(&held->gates[i]);
    }
}

START_TEST(test_wait_for_the_first)
{
    struct held held;
    held_init(&held);
    ck_assert_int_eq(futures_wait(held.futures, FEW, FUTURES_FIRST_COMPLETED, 0),
                     -ETIMEDOUT);
    ck_assert_int_eq(futures_wait(held.futures, FEW, FUTURES_FIRST_COMPLETED, 5),
                     -ETIMEDOUT);
    gate_release(&held.gates[_i], 1);
    ck_assert_int_eq(
        futures_wait(held.futures, FEW, FUTURES_FIRST_COMPLETED, LIMIT_MS), 0);
    for (int i = 0; i < FEW; i++)
        ck_assert_int_eq(future_is_done(held.futures[i]), i == _i);
    ck_assert_int_eq(futures_wait(held.futures, FEW, FUTURES_FIRST_COMPLETED, 0), 0);
    for (int i = 0; i < FEW; i++)
        if (i != _i) gate_release(&held.gates[i], 1);
    held_close(&held);
}
END_TEST

START_TEST(test_wait_for_all)
{
    struct held held;
    held_init(&held);
    for (int i = 0; i < FEW; i++) {
        ck_assert_int_eq(
            futures_wait(held.futures, FEW, FUTURES_ALL_COMPLETED, i * 3),
            -ETIMEDOUT);
        gate_release(&held.gates[(i + _i) % FEW], 1);
    }
    ck_assert_int_eq(futures_wait(held.futures, FEW, FUTURES_ALL_COMPLETED, -1), 0);
    for (int i = 0; i < FEW; i++) ck_assert(future_is_done(held.futures[i]));
    ck_assert_int_eq(futures_wait(NULL, 0, FUTURES_ALL_COMPLETED, -1), 0);
    held_close(&held);
}
END_TEST

START_TEST(test_wait_for_the_first_error)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 2);
    struct future *futures[2] = {submit_hold(executor, &gate),
                                 submit_int(executor, square, 1)};
    ck_assert_int_eq(int_result(futures[1]), 1);
    ck_assert_int_eq(futures_wait(futures, 2, FUTURES_FIRST_ERROR, 5), -ETIMEDOUT);
    future_free(futures[1]);
    futures[1] = submit_int(executor, fail_as, -EIO);
    ck_assert_int_eq(futures_wait(futures, 2, FUTURES_FIRST_ERROR, LIMIT_MS), 0);
    ck_assert(!future_is_done(futures[0]));
    gate_release(&gate, 1);
    future_free(futures[1]);
    futures[1] = submit_int(executor, square, 1);
    ck_assert_int_eq(futures_wait(futures, 2, FUTURES_FIRST_ERROR, LIMIT_MS), 0);
    ck_assert(future_is_done(futures[0]) &&
              future_is_done(futures[1])); // none failed: all
    future_free(futures[0]);
    future_free(futures[1]);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_cancelling_is_no_error_but_completes)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *futures[2] = {submit_hold(executor, &gate),
                                 submit_hold(executor, &gate)};
    gate_await(&gate, 1);
    future_cancel(futures[1]);
    ck_assert_int_eq(futures_wait(futures, 2, FUTURES_FIRST_ERROR, 3), -ETIMEDOUT);
    ck_assert_int_eq(futures_wait(futures, 2, FUTURES_FIRST_COMPLETED, 3), 0);
    gate_release(&gate, 1);
    future_free(futures[0]);
    future_free(futures[1]);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_as_completed_gives_the_order_of_ending)
{
    struct held held;
    held_init(&held);
    struct completions *completions =
        futures_as_completed(held.futures, FEW, LIMIT_MS);
    for (int i = 0; i < FEW; i++) {
        int next = (_i + 2 * i) % FEW;
        gate_release(&held.gates[next], 1);
        ck_assert_ptr_eq(completions_next(completions), held.futures[next]);
    }
    ck_assert_ptr_null(completions_next(completions));
    ck_assert_int_eq(errno, 0);
    completions_free(completions);
    held_close(&held);
}
END_TEST

START_TEST(test_as_completed_times_out)
{
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(_i, 1);
    struct future *futures[2] = {submit_hold(executor, &gate), promise_create()};
    promise_set_error(futures[1], -EIO, NULL);
    struct completions *completions = futures_as_completed(futures, 2, 10);
    ck_assert_ptr_eq(completions_next(completions), futures[1]);
    ck_assert_ptr_null(completions_next(completions));
    ck_assert_int_eq(errno, ETIMEDOUT);
    completions_free(completions);
    gate_release(&gate, 1);
    future_free(futures[0]);
    future_free(futures[1]);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

START_TEST(test_as_completed_of_many)
{
    enum { MANY = 5000 };
    struct future *futures[MANY];
    bool seen[MANY] = {false};
    struct executor *executor = create_pool(_i, 2);
    for (int i = 0; i < MANY; i++)
        futures[i] = submit_int(executor, square, i % 1000);
    struct completions *completions = futures_as_completed(futures, MANY, LIMIT_MS);
    int count = 0, wrong = 0;
    for (struct future *future; (future = completions_next(completions)); count++) {
        int i = 0, value = -1;
        while (i < MANY && (seen[i] || futures[i] != future)) i++;
        wrong += i == MANY || future_result(future, &value, 0) != 0 ||
                 value != (i % 1000) * (i % 1000);
        if (i < MANY) seen[i] = true;
    }
    ck_assert_int_eq(count, MANY);
    ck_assert_int_eq(wrong, 0);
    completions_free(completions);
    for (int i = 0; i < MANY; i++) future_free(futures[i]);
    executor_destroy(executor);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_wait_for_the_first,
        test_wait_for_all,
        test_wait_for_the_first_error,
        test_cancelling_is_no_error_but_completes,
        test_as_completed_gives_the_order_of_ending,
        test_as_completed_times_out,
        test_as_completed_of_many,
    };
    Suite *suite = suite_create("futures: several");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
