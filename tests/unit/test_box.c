// How a box is started, seen from the program in it: here one of the system's.

#include "judge/box.h"
#include "unit.h"
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// What the command says on its standard output and error.
static void said_in(const struct box *box, struct box_command command, char text[],
                    size_t size)
{
    int output[2];
    ck_assert_int_eq(pipe(output), 0);
    command.socket = command.page = -1;
    command.output = output[1];
    pid_t pid = box_start(box, &command, NULL);
    ck_assert_int_gt(pid, 0);
    close(output[1]);
    FILE *file = fdopen(output[0], "r");
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

static void said_by(const char *program, bool is_narrow, char text[], size_t size)
{
    struct box box = {.isolation = ISOLATION_NONE};
    struct box_command command = {.program = program, .is_narrow = is_narrow};
    said_in(&box, command, text, size);
}

static int processors_here(void)
{
    cpu_set_t set;
    ck_assert_int_eq(sched_getaffinity(0, sizeof set, &set), 0);
    return CPU_COUNT(&set);
}

START_TEST(test_box_that_is_narrow_has_one_processor_and_leaves_the_judge_its_own)
{
    char text[64], all[64];
    snprintf(all, sizeof all, "%d\n", processors_here());
    said_by("/usr/bin/nproc", true, text, sizeof text);
    ck_assert_str_eq(text, "1\n");
    said_by("/usr/bin/nproc", false, text, sizeof text);
    ck_assert_str_eq(text, all);
}
END_TEST

// Set in its namespace the limit is just the box's own, whatever the user runs elsewhere.
START_TEST(test_box_that_is_full_bounds_its_processes_from_inside)
{
    char text[256];
    const char *built = getenv("BUILD");
    struct box box = {
        .isolation = ISOLATION_FULL, .processes = 77, .memory_bytes = 1u << 30};
    snprintf(box.launcher, sizeof box.launcher, "%s/tests/judge/probe/main",
             built ? built : "build/plain");
    if (system("bwrap --unshare-all --ro-bind / / true 2>/dev/null")) return;
    struct box_command command = {.program = "/usr/bin/prlimit",
                                  .argument = "--nproc"};
    said_in(&box, command, text, sizeof text);
    ck_assert_msg(strstr(text, " 77 ") != NULL, "%s", text);
}
END_TEST

START_TEST(test_box_of_a_program_that_is_not_there_says_so)
{
    struct box box = {.isolation = ISOLATION_NONE};
    struct box_command command = {
        .program = "/nowhere/program", .socket = -1, .page = -1, .output = -1};
    ck_assert_int_eq(box_start(&box, &command, NULL), -ENOENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("box");
    TCase *tcase = tcase_create("start");
    tcase_add_test(
        tcase,
        test_box_that_is_narrow_has_one_processor_and_leaves_the_judge_its_own);
    tcase_add_test(tcase, test_box_that_is_full_bounds_its_processes_from_inside);
    tcase_add_test(tcase, test_box_of_a_program_that_is_not_there_says_so);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
