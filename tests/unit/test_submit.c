// 7.1: stub and solution give the same table, in order, whichever call ends first.

#include "submit.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "unit.h"

int stub_submit_table(enum executor_kind kind, int workers, int n, int results[]);

static const enum executor_kind kinds[] = {EXECUTOR_THREADS, EXECUTOR_PROCESSES,
                                           EXECUTOR_TEXTBOOK};
enum { KIND_COUNT = 3 };

// What the calls do besides their sum: set before the executor is created.
static enum { CALLS_RETURN, FIRST_WAITS_FOR_LAST, LAST_DIES } behaviour;
static int last_has_run[2] = {-1, -1}; // a pipe

int slow_add(int x, int y)
{
    char byte;
    if (behaviour == FIRST_WAITS_FOR_LAST && x == 0 && y == 1)
        if (read(last_has_run[0], &byte, 1) != 1) return -1;
    return x + y;
}

int slow_sub(int x, int y)
{
    bool last = x == 2 && y == 1;
    if (behaviour == FIRST_WAITS_FOR_LAST && last)
        if (write(last_has_run[1], "x", 1) != 1) return -1;
    if (behaviour == LAST_DIES && last) raise(SIGKILL);
    return x - y;
}

static void assert_no_children(void)
{
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}

START_TEST(test_submit_stub_gives_the_lessons_table)
{
    static const int expected[12] = {1, 2, 3, 1, 3, 4, 2, 1, 5, 3, 2, 1};
    int results[12];
    ck_assert_int_eq(stub_submit_table(EXECUTOR_THREADS, 1, 4, results), 0);
    ck_assert_mem_eq(results, expected, sizeof expected);
}
END_TEST

START_TEST(test_submit_solution_gives_the_stubs_table_on_any_executor)
{
    static const int workers[] = {1, 2, 3, 8};
    enum { N = 7 };
    int expected[N * (N - 1)], results[N * (N - 1)];
    for (int n = 2; n <= N; n++) {
        ck_assert_int_eq(stub_submit_table(kinds[_i], 1, n, expected), 0);
        memset(results, 0, sizeof results);
        ck_assert_int_eq(submit_table(kinds[_i], workers[n % 4], n, results), 0);
        ck_assert_mem_eq(results, expected, sizeof *results * (size_t)(n * (n - 1)));
    }
    assert_no_children();
}
END_TEST

START_TEST(test_submit_keeps_the_order_when_the_first_call_ends_last)
{
    static const int expected[6] = {1, 2, 1, 3, 2, 1};
    int results[6];
    ck_assert_int_eq(pipe(last_has_run), 0);
    behaviour = FIRST_WAITS_FOR_LAST;
    ck_assert_int_eq(submit_table(kinds[_i], 2, 3, results), 0);
    ck_assert_mem_eq(results, expected, sizeof expected);
}
END_TEST

START_TEST(test_submit_of_fewer_than_two_has_nothing_to_do)
{
    int untouched = 77;
    for (int n = -1; n < 2; n++) {
        ck_assert_int_eq(submit_table(kinds[_i], 2, n, &untouched), 0);
        ck_assert_int_eq(stub_submit_table(kinds[_i], 2, n, &untouched), 0);
    }
    ck_assert_int_eq(untouched, 77);
}
END_TEST

START_TEST(test_submit_tells_that_a_worker_died)
{
    int results[6];
    behaviour = LAST_DIES;
    ck_assert_int_eq(submit_table(EXECUTOR_PROCESSES, 2, 3, results), -ECHILD);
    assert_no_children();
}
END_TEST

START_TEST(test_submit_tells_that_no_executor_could_be_had)
{
    int results[6];
    ck_assert_int_eq(submit_table(kinds[_i], -1, 3, results), -EINVAL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("submit");
    TCase *table = tcase_create("table");
    tcase_set_timeout(table, 30);
    tcase_add_test(table, test_submit_stub_gives_the_lessons_table);
    tcase_add_loop_test(table,
                        test_submit_solution_gives_the_stubs_table_on_any_executor,
                        0, KIND_COUNT);
    tcase_add_loop_test(table,
                        test_submit_keeps_the_order_when_the_first_call_ends_last, 0,
                        KIND_COUNT);
    tcase_add_loop_test(table, test_submit_of_fewer_than_two_has_nothing_to_do, 0,
                        KIND_COUNT);
    tcase_add_test(table, test_submit_tells_that_a_worker_died);
    tcase_add_loop_test(table, test_submit_tells_that_no_executor_could_be_had, 0,
                        KIND_COUNT);
    suite_add_tcase(suite, table);
    return unit_run(suite);
}
