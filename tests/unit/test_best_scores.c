// The best credit for speed, from check to check.

#include "judge/best_scores.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct exercise exercise = {
    .folder = "7.9-example", .id = "7.9", .build = BUILD_OK, .source_hash = "aa"};
static struct rubric rubric;
static char path[] = "/tmp/best-XXXXXX";

static void no_check(struct line *line, enum executor_kind executor)
{
    line_pass(line);
}

static void example_lines(struct rubric *all)
{
    rubric_add(all, LINE_SPEED, EXECUTOR_THREADS, "speed", no_check);
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

// The line after a check of the file with that hash that ended so.
static const struct line *checked(const char *hash, enum line_status status,
                                  enum verdict verdict, double credit)
{
    struct line *line = rubric.lines;
    strcpy(exercise.source_hash, hash);
    line->status = status;
    line->speed.verdict = verdict;
    line->speed.credit = credit;
    ck_assert_int_eq(best_scores_keep(&rubric, path), 0);
    return line;
}

START_TEST(test_best_credit_of_a_file_is_kept)
{
    checked("aa", LINE_PASSED, VERDICT_PASS, 0.8);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit,
                        0.8);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 1)->speed.credit,
                        1);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit,
                        1);
}
END_TEST

START_TEST(test_best_is_of_the_same_file_only)
{
    checked("aa", LINE_PASSED, VERDICT_PASS, 1);
    ck_assert_double_eq(checked("bb", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit,
                        0.6);
}
END_TEST

START_TEST(test_best_stands_where_nothing_could_be_measured)
{
    checked("aa", LINE_PASSED, VERDICT_PASS, 0.8);
    const struct line *line = checked("aa", LINE_PENDING, VERDICT_UNMEASURED, 0);
    ck_assert_int_eq(line->status, LINE_PASSED);
    ck_assert_double_eq(line->speed.credit, 0.8);
}
END_TEST

START_TEST(test_best_stays_out_of_what_was_not_run_or_failed)
{
    checked("aa", LINE_PASSED, VERDICT_PASS, 0.8);
    ck_assert_int_eq(checked("aa", LINE_PENDING, VERDICT_NOT_RUN, 0)->status,
                     LINE_PENDING);
    ck_assert_int_eq(checked("aa", LINE_FAILED, VERDICT_FAIL, 0)->status,
                     LINE_FAILED);
}
END_TEST

START_TEST(test_best_of_a_damaged_file_begins_anew)
{
    FILE *file = fopen(path, "w");
    fputs("{\"aa\": {\"threads: speed\": 7", file);
    fclose(file);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit,
                        0.6);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 0.4)->speed.credit,
                        0.6);
}
END_TEST

START_TEST(test_best_credit_beyond_all_is_none)
{
    FILE *file = fopen(path, "w");
    fputs("{\"aa\": {\"threads: speed\": 7}}", file);
    fclose(file);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit,
                        0.6);
}
END_TEST

START_TEST(test_best_of_the_oldest_files_is_forgotten)
{
    char hash[16];
    checked("aa", LINE_PASSED, VERDICT_PASS, 1);
    for (int i = 0; i < 64; i++) {
        snprintf(hash, sizeof hash, "file%d", i);
        checked(hash, LINE_PASSED, VERDICT_PASS, 1);
    }
    ck_assert_double_eq(
        checked("file63", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit, 1);
    ck_assert_double_eq(checked("aa", LINE_PASSED, VERDICT_PASS, 0.6)->speed.credit,
                        0.6);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("best scores");
    TCase *tcase = tcase_create("best scores");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_best_credit_of_a_file_is_kept);
    tcase_add_test(tcase, test_best_is_of_the_same_file_only);
    tcase_add_test(tcase, test_best_stands_where_nothing_could_be_measured);
    tcase_add_test(tcase, test_best_stays_out_of_what_was_not_run_or_failed);
    tcase_add_test(tcase, test_best_of_a_damaged_file_begins_anew);
    tcase_add_test(tcase, test_best_credit_beyond_all_is_none);
    tcase_add_test(tcase, test_best_of_the_oldest_files_is_forgotten);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
