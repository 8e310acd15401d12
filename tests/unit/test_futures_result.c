// Futures one by one: results and errors; for each kind of executor.

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

START_TEST(test_result_comes_back)
{
    struct executor *executor = create_pool(_i, 2);
    struct future *future = submit_int(executor, square, 7);
    ck_assert_int_eq(int_result(future), 49);
    ck_assert_int_eq(int_result(future), 49); // as often as one likes
    ck_assert_uint_eq(future_result_size(future), sizeof(int));
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_args_are_copied_at_submit)
{
    struct executor *executor = create_pool(_i, 1);
    int x = 3;
    struct future *future =
        executor_submit(executor, square, &x, sizeof x, sizeof x);
    x = 1000;
    ck_assert_int_eq(int_result(future), 9);
    future_free(future);
    executor_destroy(executor);
}
END_TEST

static int nothing(const void *args, void *result)
{
    return 0;
}

START_TEST(test_task_without_args_and_result)
{
    struct executor *executor = create_pool(_i, 1);
    struct future *future = executor_submit(executor, nothing, NULL, 0, 0);
    ck_assert_int_eq(future_result(future, NULL, LIMIT_MS), 0);
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_error_has_number_and_text)
{
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_int(executor, fail_as, -EDOM);
    struct task_error error;
    int unchanged = 5;
    ck_assert_int_eq(future_result(future, &unchanged, LIMIT_MS), -ECHILD);
    ck_assert_int_eq(unchanged, 5);
    ck_assert_int_eq(future_error(future, &error, LIMIT_MS), -ECHILD);
    ck_assert_int_eq(error.number, -EDOM);
    ck_assert_int_eq(error.signal, 0);
    ck_assert_str_eq(error.text, "on purpose");
    ck_assert_uint_eq(future_result_size(future), 0);
    ck_assert(future_is_done(future));
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_success_has_no_error)
{
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_int(executor, square, 2);
    struct task_error error = {.number = 1, .text = "old"};
    ck_assert_int_eq(future_error(future, &error, LIMIT_MS), 0);
    ck_assert_int_eq(error.number, 0);
    ck_assert_str_eq(error.text, "");
    future_free(future);
    executor_destroy(executor);
}
END_TEST

static int fail_at_length(const void *args, void *result)
{
    char text[400];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    task_set_error(text);
    return -EIO;
}

START_TEST(test_error_text_is_cut)
{
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_int(executor, fail_at_length, 0);
    struct task_error error;
    ck_assert_int_eq(future_error(future, &error, LIMIT_MS), -ECHILD);
    ck_assert_uint_eq(strlen(error.text), sizeof error.text - 1);
    future_free(future);
    executor_destroy(executor);
}
END_TEST

START_TEST(test_results_and_args_of_any_size)
{
    static const size_t sizes[] = {1, 207, 208, 209, 4096, 100000, 5000000};
    struct executor *executor = create_pool(_i, 2);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = sizes[i];
        struct sized *args = calloc(1, sizeof *args + size);
        char *bytes = calloc(1, size);
        args->size = size;
        memset(args + 1, 3, size);
        unsigned long sum = 0;
        struct future *summed = executor_submit(executor, sum_bytes, args,
                                                sizeof *args + size, sizeof sum);
        struct future *filled =
            executor_submit(executor, fill_bytes, args, sizeof *args, size);
        ck_assert_int_eq(future_result(summed, &sum, LIMIT_MS), 0);
        ck_assert_uint_eq(sum, 3 * size);
        ck_assert_int_eq(future_result(filled, bytes, LIMIT_MS), 0);
        for (size_t k = 0; k < size; k++) sum -= bytes[k] * 3ul;
        ck_assert_uint_eq(sum, 0);
        future_free(summed);
        future_free(filled);
        free(args);
        free(bytes);
    }
    executor_destroy(executor);
}
END_TEST

START_TEST(test_task_chooses_the_size_of_its_result)
{
    static const size_t sizes[] = {0, 1, 208, 209, 70000, 3000000};
    struct executor *executor = create_pool(_i, 2);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct sized args = {sizes[i]};
        struct future *future =
            executor_submit(executor, echo_bytes, &args, sizeof args, 16);
        ck_assert_int_eq(future_result(future, NULL, LIMIT_MS), 0);
        ck_assert_uint_eq(future_result_size(future), args.size);
        unsigned char *bytes = malloc(args.size + 1);
        ck_assert_int_eq(future_result(future, bytes, 0), 0);
        bool same = true;
        for (size_t k = 0; k < args.size; k++)
            same = same && bytes[k] == (k * 7) % 256;
        ck_assert(same);
        free(bytes);
        future_free(future);
    }
    ck_assert_int_eq(task_set_result("", 0), -EINVAL); // outside of a task
    executor_destroy(executor);
}
END_TEST

START_TEST(test_future_outlives_its_executor)
{
    struct executor *executor = create_pool(_i, 1);
    struct future *future = submit_int(executor, square, 6);
    executor_destroy(executor);
    ck_assert(future_is_done(future));
    ck_assert_int_eq(int_result(future), 36);
    future_free(future);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        test_result_comes_back,
        test_args_are_copied_at_submit,
        test_task_without_args_and_result,
        test_error_has_number_and_text,
        test_success_has_no_error,
        test_error_text_is_cut,
        test_results_and_args_of_any_size,
        test_task_chooses_the_size_of_its_result,
        test_future_outlives_its_executor,
    };
    Suite *suite = suite_create("futures: results");
    TCase *group = tcase_create("every kind");
    tcase_set_timeout(group, 60);
    add_for_each_kind(group, tests, sizeof tests / sizeof *tests);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
