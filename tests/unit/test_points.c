// Points from verdicts, and points.txt.

#include "judge/points.h"
#include "unit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct exercise exercise = {
    .folder = "7.9-example", .id = "7.9", .build = BUILD_OK};
static struct rubric rubric;
static char path[] = "/tmp/points-XXXXXX";
static char text[256];

static void no_check(struct line *line, enum executor_kind executor)
{
    line_pass(line);
}

static void leaving_check(struct line *line, enum executor_kind executor)
{
    exit(0);
}

static void example_lines(struct rubric *all)
{
    rubric_add(all, LINE_GATE, EXECUTOR_THREADS, "right", no_check);
    rubric_add(all, LINE_CONCURRENCY, EXECUTOR_THREADS, "at once", no_check);
    rubric_add(all, LINE_SPEED, EXECUTOR_THREADS, "speed", no_check);
}

enum { RIGHT, AT_ONCE, SPEED };

static void points_write(const char *rows)
{
    FILE *file = fopen(path, "w");
    fputs(rows, file);
    fclose(file);
    *text = '\0';
}

static void setup(void)
{
    strcpy(path + strlen(path) - 6, "XXXXXX");
    close(mkstemp(path));
    exercise.lines = example_lines;
    rubric_init(&rubric, false);
    rubric_add_exercise(&rubric, &exercise);
    points_write("# points  test\n4 threads: right\n2 threads: at once # a comment\n"
                 "\n10 threads: speed\n");
    ck_assert_int_eq(points_load(&rubric, &exercise, path, text, sizeof text), 0);
}

static void teardown(void)
{
    unlink(path);
}

static void statuses_set(enum line_status right, enum line_status at_once,
                         enum line_status speed)
{
    rubric.lines[RIGHT].status = right;
    rubric.lines[AT_ONCE].status = at_once;
    rubric.lines[SPEED].status = speed;
    rubric.lines[SPEED].speed = speed_start(2, 2);
    rubric.lines[SPEED].speed.credit = 0.8;
    rubric.lines[SPEED].speed.is_credit_final = true;
    points_assign(&rubric);
}

static void sums_are(double points, double pending)
{
    struct points_sum sum = points_sum(&rubric, NULL);
    ck_assert_double_eq_tol(sum.points, points, 1e-9);
    ck_assert_double_eq_tol(sum.pending_points, pending, 1e-9);
    ck_assert_double_eq_tol(sum.max_points, 16, 1e-9);
}

START_TEST(test_points_of_a_gate_count_only_beside_concurrency)
{
    statuses_set(LINE_PASSED, LINE_FAILED, LINE_SKIPPED);
    sums_are(0, 0);
    ck_assert_str_eq(rubric.lines[RIGHT].message,
                     "counts once the work runs concurrently");
}
END_TEST

START_TEST(test_points_of_speed_follow_its_credit)
{
    statuses_set(LINE_PASSED, LINE_PASSED, LINE_PASSED);
    sums_are(4 + 2 + 8, 0);
}
END_TEST

START_TEST(test_points_missing_from_speed_on_a_busy_machine_are_pending)
{
    statuses_set(LINE_PASSED, LINE_PASSED, LINE_PASSED);
    rubric.lines[SPEED].speed.is_credit_final = false;
    points_assign(&rubric);
    sums_are(4 + 2 + 8, 2);
}
END_TEST

START_TEST(test_points_of_pending_speed_are_pending)
{
    statuses_set(LINE_PASSED, LINE_PASSED, LINE_PENDING);
    sums_are(6, 10);
}
END_TEST

START_TEST(test_points_of_pending_speed_are_lost_without_concurrency)
{
    statuses_set(LINE_PASSED, LINE_FAILED, LINE_PENDING);
    sums_are(0, 0);
}
END_TEST

START_TEST(test_points_of_a_gate_wait_with_pending_concurrency)
{
    statuses_set(LINE_PASSED, LINE_PENDING, LINE_PENDING);
    sums_are(0, 16);
}
END_TEST

START_TEST(test_points_of_a_failed_gate_are_lost)
{
    statuses_set(LINE_FAILED, LINE_PASSED, LINE_PASSED);
    sums_are(2 + 8, 0);
}
END_TEST

START_TEST(test_points_for_an_unknown_test_are_an_error)
{
    points_write("4 threads: right\n2 threads: at once\n10 threads: sped\n");
    ck_assert_int_eq(points_load(&rubric, &exercise, path, text, sizeof text),
                     -EINVAL);
    ck_assert_ptr_nonnull(strstr(text, "\"threads: sped\": no such test"));
}
END_TEST

START_TEST(test_points_missing_for_a_test_are_an_error)
{
    points_write("4 threads: right\n2 threads: at once\n");
    ck_assert_int_eq(points_load(&rubric, &exercise, path, text, sizeof text),
                     -EINVAL);
    ck_assert_ptr_nonnull(strstr(text, "no points for the test \"threads: speed\""));
}
END_TEST

START_TEST(test_points_that_are_no_number_are_an_error)
{
    points_write("four threads: right\n");
    ck_assert_int_eq(points_load(&rubric, &exercise, path, text, sizeof text),
                     -EINVAL);
    ck_assert_ptr_nonnull(strstr(text, "a bad line"));
}
END_TEST

START_TEST(test_points_without_a_file_are_an_error)
{
    unlink(path);
    ck_assert_int_eq(points_load(&rubric, &exercise, path, text, sizeof text),
                     -ENOENT);
}
END_TEST

START_TEST(test_points_find_takes_the_number_before_the_name)
{
    double number = 0;
    points_write("1.87 threads # measured\n1.9 processes\n");
    ck_assert_int_eq(points_find(path, "processes", &number), 0);
    ck_assert_double_eq_tol(number, 1.9, 1e-9);
    ck_assert_int_eq(points_find(path, "textbook", &number), -ENOENT);
}
END_TEST

START_TEST(test_rubric_test_that_ends_without_a_verdict_is_an_error)
{
    rubric.lines[RIGHT].check = leaving_check;
    rubric_run(&rubric);
    ck_assert_int_eq(rubric.lines[RIGHT].status, LINE_ERROR);
    ck_assert_int_eq(rubric.lines[AT_ONCE].status, LINE_PASSED);
    points_assign(&rubric);
    ck_assert_double_eq(rubric.lines[RIGHT].points, 0);
}
END_TEST

START_TEST(test_rubric_keeps_the_first_verdict)
{
    struct line *line = &rubric.lines[RIGHT];
    line_fail(line, "wrong", "results[%d]", 3);
    line_pass(line);
    ck_assert_int_eq(line->status, LINE_FAILED);
    ck_assert_str_eq(line->message, "results[3]");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("points");
    TCase *tcase = tcase_create("points");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_points_of_a_gate_count_only_beside_concurrency);
    tcase_add_test(tcase, test_points_of_speed_follow_its_credit);
    tcase_add_test(tcase,
                   test_points_missing_from_speed_on_a_busy_machine_are_pending);
    tcase_add_test(tcase, test_points_of_pending_speed_are_pending);
    tcase_add_test(tcase, test_points_of_pending_speed_are_lost_without_concurrency);
    tcase_add_test(tcase, test_points_of_a_gate_wait_with_pending_concurrency);
    tcase_add_test(tcase, test_points_of_a_failed_gate_are_lost);
    tcase_add_test(tcase, test_points_for_an_unknown_test_are_an_error);
    tcase_add_test(tcase, test_points_missing_for_a_test_are_an_error);
    tcase_add_test(tcase, test_points_that_are_no_number_are_an_error);
    tcase_add_test(tcase, test_points_without_a_file_are_an_error);
    tcase_add_test(tcase, test_points_find_takes_the_number_before_the_name);
    tcase_add_test(tcase, test_rubric_test_that_ends_without_a_verdict_is_an_error);
    tcase_add_test(tcase, test_rubric_keeps_the_first_verdict);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
