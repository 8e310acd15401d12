// Turns: who measures does so alone.

#include "judge/turn.h"
#include "unit.h"
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

// A child that waits for a word, takes the turn, and says through has_it that it has it. It is
// forked before the parent takes its turn: a child inherits locks.
static pid_t other_judge(int *word, int *has_it)
{
    int pair[2], words[2];
    char letter;
    ck_assert_int_eq(pipe(pair), 0);
    ck_assert_int_eq(pipe(words), 0);
    *word = words[1];
    pid_t child = fork();
    if (child == 0) {
        if (read(words[0], &letter, 1) != 1) _exit(2);
        int turn = turn_take();
        _exit(write(pair[1], "x", 1) == 1 && turn >= 0 ? 0 : 1);
    }
    close(pair[1]);
    *has_it = pair[0];
    return child;
}

static int readable(int fd, int timeout_ms)
{
    return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, timeout_ms);
}

START_TEST(test_turn_is_one_judges_at_a_time)
{
    int word, has_it, status;
    pid_t child = other_judge(&word, &has_it);
    int turn = turn_take();
    ck_assert_int_ge(turn, 0);
    ck_assert_int_eq(write(word, "x", 1), 1);
    ck_assert_int_eq(readable(has_it, 200), 0);
    turn_give(turn);
    ck_assert_int_eq(readable(has_it, 10000), 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(test_turn_of_a_judge_that_was_killed_goes_on)
{
    int word, has_it, turn;
    pid_t child = other_judge(&word, &has_it);
    ck_assert_int_eq(write(word, "x", 1), 1);
    ck_assert_int_eq(readable(has_it, 10000), 1);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    turn = turn_take();
    ck_assert_int_ge(turn, 0);
    turn_give(turn);
    turn_give(-1);
}
END_TEST

// Is somebody waiting? Whoever waits holds the lock beside the turn's.
static void wait_for_waiter(void)
{
    char path[512];
    snprintf(path, sizeof path, "%s-next", getenv("WORKBOOK_TURN"));
    for (;;) {
        int fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
        bool is_free = flock(fd, LOCK_EX | LOCK_NB) == 0;
        close(fd);
        if (!is_free) return;
        sched_yield();
    }
}

START_TEST(test_turn_goes_to_who_waits_before_it_comes_back)
{
    int word, has_it;
    pid_t child = other_judge(&word, &has_it);
    int turn = turn_take();
    ck_assert_int_eq(write(word, "x", 1), 1);
    wait_for_waiter();
    turn_give(turn);
    turn = turn_take();
    ck_assert_int_eq(readable(has_it, 0), 1);
    turn_give(turn);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("turn");
    TCase *tcase = tcase_create("turns");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_turn_is_one_judges_at_a_time);
    tcase_add_test(tcase, test_turn_of_a_judge_that_was_killed_goes_on);
    tcase_add_test(tcase, test_turn_goes_to_who_waits_before_it_comes_back);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
