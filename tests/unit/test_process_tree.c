// What is seen of a process tree from outside: who waits for which file, and whether anything
// still moves.

#include "judge/blocked_reads.h"
#include "judge/process_tree.h"
#include "unit.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READS_LIMIT = 16, STILL_NS = 20000000, STEP_US = 2000 };
enum { MANY = 900, PIDS_LIMIT = 1024 }; // more children than fit into 4 kB of text

static int silent[2][2]; // pipes that nobody writes to
static pid_t child;

static void setup(void)
{
    for (int i = 0; i < 2; i++) ck_assert_int_eq(pipe(silent[i]), 0);
}

static void teardown(void)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void *read_pipe(void *pipe_end)
{
    char byte;
    ssize_t size = read(*(int *)pipe_end, &byte, 1);
    return (void *)size;
}

static _Noreturn void read_in_threads(int threads)
{
    pthread_t thread;
    for (int i = 1; i < threads; i++)
        pthread_create(&thread, NULL, read_pipe, &silent[i][0]);
    read_pipe(&silent[0][0]);
    _exit(1);
}

static _Noreturn void spin(void)
{
    for (volatile unsigned turns = 0;; turns++) continue;
}

static bool reads_pipe(const struct blocked_read *read, int number)
{
    struct stat what;
    ck_assert_int_eq(fstat(silent[number][0], &what), 0);
    return read->inode == what.st_ino && read->device == what.st_dev;
}

// Looks until `count` wait: those that come last are waited for, not slept for.
static void find_reads(struct blocked_read reads[READS_LIMIT], int count)
{
    while (blocked_reads_find(child, reads, READS_LIMIT) != count) usleep(STEP_US);
}

START_TEST(test_blocked_reads_tell_threads_and_their_files)
{
    struct blocked_read reads[READS_LIMIT];
    if ((child = fork()) == 0) read_in_threads(2);
    find_reads(reads, 2);
    int first = reads_pipe(&reads[0], 0) ? 0 : 1;
    ck_assert(reads_pipe(&reads[first], 0));
    ck_assert(reads_pipe(&reads[1 - first], 1));
    ck_assert_int_eq(reads[0].process, child);
    ck_assert_int_eq(reads[1].process, child);
    ck_assert_int_ne(reads[0].thread, reads[1].thread);
}
END_TEST

START_TEST(test_blocked_reads_tell_processes_of_the_tree)
{
    struct blocked_read reads[READS_LIMIT];
    if ((child = fork()) == 0) {
        if (fork() == 0) read_pipe(&silent[1][0]);
        read_in_threads(1);
    }
    find_reads(reads, 2);
    ck_assert_int_ne(reads[0].process, reads[1].process);
    kill(reads[0].process == child ? reads[1].process : reads[0].process, SIGKILL);
}
END_TEST

START_TEST(test_blocked_reads_leave_out_who_waits_for_something_else)
{
    struct blocked_read reads[READS_LIMIT];
    if ((child = fork()) == 0)
        for (;;) pause();
    while (!tree_is_asleep(child)) usleep(STEP_US);
    ck_assert_int_eq(blocked_reads_find(child, reads, READS_LIMIT), 0);
}
END_TEST

START_TEST(test_blocked_reads_keep_to_their_limit)
{
    struct blocked_read reads[READS_LIMIT];
    if ((child = fork()) == 0) read_in_threads(2);
    find_reads(reads, 2);
    ck_assert_int_eq(blocked_reads_find(child, reads, 1), 1);
}
END_TEST

START_TEST(test_tree_that_waits_becomes_still)
{
    struct tree_stillness stillness = {0};
    if ((child = fork()) == 0) read_in_threads(1);
    while (tree_still_ns(&stillness, child, false) < STILL_NS) usleep(STEP_US);
}
END_TEST

START_TEST(test_tree_that_is_said_to_have_moved_begins_anew)
{
    struct tree_stillness stillness = {0};
    if ((child = fork()) == 0) read_in_threads(1);
    while (tree_still_ns(&stillness, child, false) < STILL_NS) usleep(STEP_US);
    int64_t since_ns = stillness.since_ns;
    tree_still_ns(&stillness, child, true);
    ck_assert_int_gt(stillness.since_ns, since_ns);
}
END_TEST

START_TEST(test_tree_that_runs_is_never_still)
{
    struct tree_stillness stillness = {0};
    if ((child = fork()) == 0) spin();
    for (int i = 0; i < 20; i++) {
        tree_still_ns(&stillness, child, false);
        int64_t since_ns = stillness.since_ns;
        usleep(STEP_US);
        tree_still_ns(&stillness, child, false);
        ck_assert_int_gt(stillness.since_ns, since_ns);
    }
}
END_TEST

// The child gets many children, which end with it; says so when all are there.
static _Noreturn void have_many(void)
{
    for (int i = 0; i < MANY; i++) {
        if (fork()) continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) pause();
    }
    if (write(silent[1][1], "", 1) == 1)
        for (;;) pause();
    _exit(1);
}

START_TEST(test_tree_lists_every_child_of_many)
{
    char byte;
    static pid_t pids[PIDS_LIMIT];
    if ((child = fork()) == 0) have_many();
    ck_assert_int_eq(read(silent[1][0], &byte, 1), 1);
    ck_assert_uint_eq(tree_pids(child, pids, PIDS_LIMIT), MANY + 1);
    for (int i = 0; i <= MANY; i++) ck_assert_int_eq(getpgid(pids[i]), getpgid(0));
}
END_TEST

START_TEST(test_tree_keeps_to_its_limit)
{
    char byte;
    static pid_t pids[PIDS_LIMIT];
    if ((child = fork()) == 0) have_many();
    ck_assert_int_eq(read(silent[1][0], &byte, 1), 1);
    ck_assert_uint_eq(tree_pids(child, pids, 10), 10);
    ck_assert_int_eq(pids[10], 0);
}
END_TEST

START_TEST(test_process_has_ended_before_it_is_reaped)
{
    siginfo_t info;
    if ((child = fork()) == 0)
        for (;;) pause();
    ck_assert(!process_has_ended(child));
    kill(child, SIGKILL);
    ck_assert_int_eq(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
    ck_assert(process_has_ended(child));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("process_tree");
    TCase *tcase = tcase_create("process_tree");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_blocked_reads_tell_threads_and_their_files);
    tcase_add_test(tcase, test_blocked_reads_tell_processes_of_the_tree);
    tcase_add_test(tcase, test_blocked_reads_leave_out_who_waits_for_something_else);
    tcase_add_test(tcase, test_blocked_reads_keep_to_their_limit);
    tcase_add_test(tcase, test_tree_that_waits_becomes_still);
    tcase_add_test(tcase, test_tree_that_is_said_to_have_moved_begins_anew);
    tcase_add_test(tcase, test_tree_that_runs_is_never_still);
    tcase_add_test(tcase, test_tree_lists_every_child_of_many);
    tcase_add_test(tcase, test_tree_keeps_to_its_limit);
    tcase_add_test(tcase, test_process_has_ended_before_it_is_reaped);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
