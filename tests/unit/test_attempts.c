// The attempts file: what each check adds, and what is summed up of it.

#include "judge/attempts.h"
#include "judge/next_step.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct exercise exercise = {
    .folder = "7.9-example", .id = "7.9", .title = "example", .build = BUILD_OK};
static const struct exercise *const graded[] = {&exercise};
static struct box box = {.isolation = ISOLATION_NONE};
static struct rubric rubric;
static char path[] = "/tmp/attempts-XXXXXX";

static void no_check(struct line *line, enum executor_kind executor)
{
    line_pass(line);
}

static void example_lines(struct rubric *all)
{
    rubric_add(all, LINE_GATE, EXECUTOR_THREADS, "right", no_check);
    rubric_add(all, LINE_CONCURRENCY, EXECUTOR_THREADS, "at once", no_check);
}

static void setup(void)
{
    strcpy(path + strlen(path) - 6, "XXXXXX");
    close(mkstemp(path));
    exercise.lines = example_lines;
    rubric_init(&rubric, false);
    rubric_add_exercise(&rubric, &exercise);
}

static void teardown(void)
{
    unlink(path);
}

// A check whose first line reached so many of 10 points; the second failed.
static void checked(double points, bool is_quick)
{
    struct grading grading = {"exercises", &box, 7, &rubric, graded, 1};
    struct line *line = rubric.lines;
    line[0].max_points = line[1].max_points = 10;
    line[0].points = points;
    line[0].status = LINE_PASSED;
    line[1].status = LINE_FAILED;
    ck_assert_int_eq(attempts_add(&grading, is_quick, path), 0);
}

static struct attempts_sum summed(const char *id)
{
    struct attempts_sum sum;
    ck_assert_int_eq(attempts_read(path, id, &sum), 0);
    return sum;
}

static void append(const char *text)
{
    FILE *file = fopen(path, "a");
    fputs(text, file);
    fclose(file);
}

START_TEST(test_attempts_of_no_file_are_none)
{
    unlink(path);
    ck_assert_uint_eq(summed("7.9").count, 0);
}
END_TEST

START_TEST(test_attempts_tell_points_and_the_line_to_mend)
{
    checked(4, true);
    struct attempt last = summed("7.9").last;
    ck_assert_double_eq(last.points, 4);
    ck_assert_double_eq(last.max_points, 20);
    ck_assert(last.is_quick);
    ck_assert_str_eq(last.next, "threads: at once");
}
END_TEST

START_TEST(test_attempts_keep_the_best_when_a_later_one_is_worse)
{
    checked(4, true);
    checked(9, false);
    checked(2, true);
    struct attempts_sum sum = summed("7.9");
    ck_assert_uint_eq(sum.count, 3);
    ck_assert_double_eq(sum.best.points, 9);
    ck_assert(!sum.best.is_quick);
    ck_assert_double_eq(sum.last.points, 2);
}
END_TEST

START_TEST(test_attempts_at_other_exercises_are_not_counted)
{
    checked(4, true);
    ck_assert_uint_eq(summed("7.8").count, 0);
}
END_TEST

START_TEST(test_attempts_skip_what_is_no_attempt)
{
    append("{\"time\": 1, \"id\": \"7.9\"\n\nnothing\n{\"id\": \"7.9\"}\n");
    checked(4, true);
    ck_assert_uint_eq(summed("7.9").count, 1);
}
END_TEST

START_TEST(test_attempts_that_did_not_compile_name_no_line)
{
    exercise.build = BUILD_FAILED;
    checked(0, true);
    ck_assert_str_eq(summed("7.9").last.next, "");
}
END_TEST

START_TEST(test_next_line_is_a_wrong_answer_before_all_else)
{
    rubric.lines[0].status = rubric.lines[1].status = LINE_FAILED;
    ck_assert_ptr_eq(next_line(&rubric, &exercise), &rubric.lines[0]);
    rubric.lines[0].status = LINE_PASSED;
    ck_assert_ptr_eq(next_line(&rubric, &exercise), &rubric.lines[1]);
    rubric.lines[1].status = LINE_PASSED;
    ck_assert_ptr_null(next_line(&rubric, &exercise));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("attempts");
    TCase *tcase = tcase_create("attempts");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_attempts_of_no_file_are_none);
    tcase_add_test(tcase, test_attempts_tell_points_and_the_line_to_mend);
    tcase_add_test(tcase, test_attempts_keep_the_best_when_a_later_one_is_worse);
    tcase_add_test(tcase, test_attempts_at_other_exercises_are_not_counted);
    tcase_add_test(tcase, test_attempts_skip_what_is_no_attempt);
    tcase_add_test(tcase, test_attempts_that_did_not_compile_name_no_line);
    tcase_add_test(tcase, test_next_line_is_a_wrong_answer_before_all_else);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
