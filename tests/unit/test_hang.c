// A hang in words: what threads wait for, from the board that they leave.

#include "judge/hang.h"
#include "unit.h"
#include <string.h>

enum { MAIN = 2, WORKER = 7, OTHER_WORKER = 8 };

static struct wait_board board;
static const int futures[3]; // stand for the futures' addresses
static char text[512];

static void setup(void)
{
    memset(&board, 0, sizeof board);
    for (int i = 0; i < 3; i++) board.future[board.submitted++] = &futures[i];
}

static void waits(int thread, enum wait_kind kind, const void *future,
                  int is_in_task)
{
    struct wait_entry *entry = &board.entry[board.entries++];
    entry->kind = (int)kind;
    entry->future = future;
    entry->is_in_task = is_in_task;
    entry->thread = thread;
}

static const char *told(bool is_asleep)
{
    hang_tell(&board, MAIN, is_asleep, text, sizeof text);
    return text;
}

START_TEST(test_hang_names_a_future_that_nobody_started)
{
    waits(MAIN, WAIT_RESULT, &futures[2], 0);
    ck_assert_str_eq(
        told(true),
        "the main thread waits for future 3, which no worker has started");
}
END_TEST

START_TEST(test_hang_counts_workers_that_wait_for_futures_of_their_own)
{
    waits(MAIN, WAIT_RESULT, &futures[2], 0);
    waits(WORKER, WAIT_RESULT, &futures[1], 1);
    waits(OTHER_WORKER, WAIT_RESULT, &futures[1], 1);
    ck_assert_str_eq(
        told(true),
        "the main thread waits for future 3, which no worker has started; 2 "
        "workers wait for futures of their own");
}
END_TEST

START_TEST(test_hang_says_that_a_task_does_not_end)
{
    board.state[0] = TASK_RUNNING;
    waits(MAIN, WAIT_RESULT, &futures[0], 0);
    ck_assert_str_eq(told(true),
                     "the main thread waits for future 1, whose task has started "
                     "and does not end");
}
END_TEST

START_TEST(test_hang_takes_the_newest_future_of_an_address)
{
    board.future[0] = &futures[2];
    waits(MAIN, WAIT_RESULT, &futures[2], 0);
    ck_assert_ptr_nonnull(strstr(told(true), "future 3,"));
}
END_TEST

START_TEST(test_hang_in_map_and_shutdown_are_told)
{
    waits(MAIN, WAIT_MAP, NULL, 0);
    ck_assert_ptr_nonnull(strstr(told(true), "executor_map"));
    board.entry[0].kind = WAIT_SHUTDOWN;
    ck_assert_ptr_nonnull(strstr(told(true), "shut down"));
}
END_TEST

START_TEST(test_hang_outside_of_futures_speaks_of_locks)
{
    ck_assert_ptr_nonnull(strstr(told(true), "every thread sleeps"));
}
END_TEST

START_TEST(test_hang_of_a_busy_program_is_a_loop)
{
    waits(MAIN, WAIT_RESULT, &futures[0], 0);
    ck_assert_ptr_nonnull(strstr(told(false), "Does every loop end?"));
}
END_TEST

START_TEST(test_hang_survives_a_board_full_of_nonsense)
{
    memset(&board, 0xff, sizeof board);
    told(true);
    ck_assert_int_gt((int)strlen(text), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("hang");
    TCase *tcase = tcase_create("board");
    tcase_set_timeout(tcase, 10);
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_add_test(tcase, test_hang_names_a_future_that_nobody_started);
    tcase_add_test(tcase,
                   test_hang_counts_workers_that_wait_for_futures_of_their_own);
    tcase_add_test(tcase, test_hang_says_that_a_task_does_not_end);
    tcase_add_test(tcase, test_hang_takes_the_newest_future_of_an_address);
    tcase_add_test(tcase, test_hang_in_map_and_shutdown_are_told);
    tcase_add_test(tcase, test_hang_outside_of_futures_speaks_of_locks);
    tcase_add_test(tcase, test_hang_of_a_busy_program_is_a_loop);
    tcase_add_test(tcase, test_hang_survives_a_board_full_of_nonsense);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
