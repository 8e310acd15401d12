// Who could not look has seen nothing: trouble of the judge's own is no verdict.

#include "judge/trouble.h"
#include "judge/rubric.h"
#include "judge/start_report.h"
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>
#include "unit.h"

static void trouble_none(void)
{
    trouble_clear();
}

START_TEST(test_trouble_turns_a_failure_into_an_error)
{
    struct line line = {0};
    errno = EMFILE;
    trouble_look();
    line_fail(&line, "wrong order", "results[3] is 7");
    ck_assert_int_eq(line.status, LINE_ERROR);
    ck_assert_str_eq(line.diagnosis, "");
    ck_assert_ptr_nonnull(strstr(line.message, "Too many open files"));
}
END_TEST

START_TEST(test_trouble_grants_no_pass)
{
    struct line line = {0};
    trouble_note(ENOSPC);
    line_pass(&line);
    ck_assert_int_eq(line.status, LINE_ERROR);
}
END_TEST

START_TEST(test_trouble_is_not_what_says_something_of_the_submission)
{
    struct line line = {0};
    errno = ENOENT;
    trouble_look();
    line_fail(&line, "file missing", "it is not there");
    ck_assert_int_eq(line.status, LINE_FAILED);
}
END_TEST

START_TEST(test_trouble_keeps_the_first_error)
{
    ck_assert_int_eq(trouble_note(EMFILE), -EMFILE);
    ck_assert_int_eq(trouble_note(EIO), -EIO);
    ck_assert_int_eq(trouble_error(), EMFILE);
}
END_TEST

// What a child that calls exec, or cannot, leaves for its parent; is_mute: it cannot write.
static int report_of(const char *program, bool is_mute)
{
    struct start_report report;
    ck_assert_int_eq(start_report_open(&report), 0);
    pid_t pid = fork();
    if (pid == 0) {
        start_report_move(&report, 100);
        execl(program, program, NULL);
        int error = errno;
        if (is_mute) close_range(3, ~0u, 0);
        errno = error;
        start_report_fail(&report);
    }
    int status = start_report_take(&report);
    ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
    return status;
}

START_TEST(test_start_report_says_why_a_program_did_not_start)
{
    ck_assert_int_eq(report_of("/nowhere/at/all", false), -ENOENT);
}
END_TEST

START_TEST(test_start_report_of_a_child_that_can_write_nothing_arrives)
{
    ck_assert_int_eq(report_of("/nowhere/at/all", true), -ENOENT);
}
END_TEST

START_TEST(test_start_report_does_not_mind_how_the_program_ends)
{
    ck_assert_int_eq(report_of("/bin/false", false), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trouble");
    TCase *tcase = tcase_create("trouble");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, trouble_none, NULL);
    tcase_add_test(tcase, test_trouble_turns_a_failure_into_an_error);
    tcase_add_test(tcase, test_trouble_grants_no_pass);
    tcase_add_test(tcase, test_trouble_is_not_what_says_something_of_the_submission);
    tcase_add_test(tcase, test_trouble_keeps_the_first_error);
    tcase_add_test(tcase, test_start_report_says_why_a_program_did_not_start);
    tcase_add_test(tcase,
                   test_start_report_of_a_child_that_can_write_nothing_arrives);
    tcase_add_test(tcase, test_start_report_does_not_mind_how_the_program_ends);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
