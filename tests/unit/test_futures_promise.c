// Promises: futures that are fulfilled by hand.

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include "futures_tasks.h"
#include "unit/unit.h"

START_TEST(test_promise_goes_its_way)
{
    struct future *promise = promise_create();
    ck_assert(!future_is_running(promise) && !future_is_done(promise));
    ck_assert_int_eq(promise_start(promise), 0);
    ck_assert(future_is_running(promise));
    ck_assert(!future_cancel(promise));
    int value = 11;
    ck_assert_int_eq(promise_set_result(promise, &value, sizeof value), 0);
    value = 0;
    ck_assert_uint_eq(future_result_size(promise), sizeof value);
    ck_assert_int_eq(future_result(promise, &value, 0), 0);
    ck_assert_int_eq(value, 11);
    future_free(promise);
}
END_TEST

START_TEST(test_promise_refuses_wrong_steps)
{
    struct future *promise = promise_create();
    ck_assert_int_eq(promise_start(promise), 0);
    ck_assert_int_eq(promise_start(promise), -EINVAL);
    ck_assert_int_eq(promise_set_error(promise, -EDOM, "no"), 0);
    ck_assert_int_eq(promise_set_error(promise, -EDOM, "again"), -EINVAL);
    ck_assert_int_eq(promise_set_result(promise, NULL, 0), -EINVAL);
    ck_assert_int_eq(promise_start(promise), -EINVAL);
    struct task_error error;
    ck_assert_int_eq(future_error(promise, &error, 0), -ECHILD);
    ck_assert_str_eq(error.text, "no");
    future_free(promise);
    promise = promise_create();
    ck_assert(future_cancel(promise));
    ck_assert_int_eq(promise_start(promise), -ECANCELED);
    ck_assert_int_eq(promise_set_result(promise, NULL, 0), -EINVAL);
    future_free(promise);
}
END_TEST

static void *keep_promise(void *promise)
{
    promise_set_result(promise, NULL, 0);
    return NULL;
}

START_TEST(test_promise_wakes_who_waits)
{
    for (int i = 0; i < 300; i++) {
        struct future *promise = promise_create();
        pthread_t thread;
        pthread_create(&thread, NULL, keep_promise, promise);
        ck_assert_int_eq(future_result(promise, NULL, LIMIT_MS), 0);
        pthread_join(thread, NULL);
        future_free(promise);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("futures: promises");
    TCase *group = tcase_create("promises");
    tcase_set_timeout(group, 60);
    tcase_add_test(group, test_promise_goes_its_way);
    tcase_add_test(group, test_promise_refuses_wrong_steps);
    tcase_add_test(group, test_promise_wakes_who_waits);
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
