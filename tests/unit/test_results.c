// results.json: every field of the schema, whatever the verdicts were.

#include "judge/points.h"
#include "judge/results.h"
#include "unit.h"
#include <jansson.h>
#include <string.h>
#include <unistd.h>

static struct exercise exercise = {.folder = "7.9-example",
                                   .id = "7.9",
                                   .title = "example",
                                   .build = BUILD_OK,
                                   .source_hash = "abc"};
static const struct exercise *const graded[] = {&exercise};
static struct box box = {.isolation = ISOLATION_NONE, .reason = "no box"};
static struct rubric rubric;
static json_t *results;

static void pass_check(struct line *line, enum executor_kind executor)
{
    line->speed = speed_start(1.9, 2);
    line->speed.verdict = VERDICT_PASS;
    line->speed.estimate = 1.8;
    line->speed.credit = 1;
    line_pass(line);
}

static void fail_check(struct line *line, enum executor_kind executor)
{
    line_fail(line, "wrong order", "not UTF-8: \xff, a quote: \"");
}

static void example_lines(struct rubric *all)
{
    rubric_add(all, LINE_GATE, EXECUTOR_THREADS, "right", fail_check);
    rubric_add(all, LINE_CONCURRENCY, EXECUTOR_THREADS, "at once", pass_check);
    rubric_add(all, LINE_SPEED, EXECUTOR_THREADS, "speed", pass_check);
}

static void setup(void)
{
    static const char path[] = "results-test.json";
    exercise.lines = example_lines;
    ck_assert_int_eq(chdir("/tmp"), 0);
    rubric_init(&rubric, false);
    rubric_add_exercise(&rubric, &exercise);
    for (unsigned i = 0; i < rubric.count; i++) rubric.lines[i].max_points = 5;
    rubric_run(&rubric);
    points_assign(&rubric);
    struct grading grading = {"a/b", &box, 7, &rubric, graded, 1};
    ck_assert_int_eq(results_write(&grading, path), 0);
    results = json_load_file(path, 0, NULL);
    ck_assert_ptr_nonnull(results);
    unlink(path);
}

static void teardown(void)
{
    json_decref(results);
}

static const json_t *first(const char *list)
{
    const json_t *one = json_array_get(json_object_get(results, "exercises"), 0);
    return list ? json_array_get(json_object_get(one, list), 0) : one;
}

static void has_keys(const json_t *object, const char *keys)
{
    char key[32];
    for (int length; sscanf(keys, "%31s%n", key, &length) == 1; keys += length)
        ck_assert_msg(json_object_get(object, key) != NULL, "no field %s", key);
}

START_TEST(test_results_have_every_field_at_the_top)
{
    has_keys(results,
             "schema grader submission seed isolation isolation_reason "
             "limits_verified machine points pending_points max_points exercises");
    ck_assert_str_eq(json_string_value(json_object_get(results, "schema")),
                     "workbook-results/1");
    ck_assert_int_gt(json_integer_value(json_object_get(
                         json_object_get(results, "machine"), "cpus")),
                     0);
}
END_TEST

START_TEST(test_results_have_every_field_of_an_exercise)
{
    has_keys(first(NULL),
             "id title points pending_points max_points source_hash build tests "
             "speed");
    has_keys(json_object_get(first(NULL), "build"), "status message");
}
END_TEST

START_TEST(test_results_have_every_field_of_a_test)
{
    has_keys(first("tests"),
             "name kind executor status points pending_points max_points "
             "message diagnosis seconds");
    ck_assert_str_eq(json_string_value(json_object_get(first("tests"), "status")),
                     "failed");
}
END_TEST

START_TEST(test_results_have_every_field_of_a_speed)
{
    has_keys(first("speed"),
             "test executor verdict workers expected threshold estimate par "
             "v0 vq proofs rounds quiet_rounds reason message");
    ck_assert_str_eq(json_string_value(json_object_get(first("speed"), "verdict")),
                     "pass");
    ck_assert(json_is_null(json_object_get(first("speed"), "vq")));
}
END_TEST

START_TEST(test_results_keep_a_message_that_is_not_utf8)
{
    const char *message =
        json_string_value(json_object_get(first("tests"), "message"));
    ck_assert_str_eq(message, "not UTF-8: ?, a quote: \"");
}
END_TEST

START_TEST(test_results_sum_up)
{
    ck_assert_double_eq_tol(json_number_value(json_object_get(results, "points")),
                            10, 1e-9);
    ck_assert_double_eq_tol(
        json_number_value(json_object_get(results, "max_points")), 15, 1e-9);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("results");
    TCase *tcase = tcase_create("json");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_results_have_every_field_at_the_top);
    tcase_add_test(tcase, test_results_have_every_field_of_an_exercise);
    tcase_add_test(tcase, test_results_have_every_field_of_a_test);
    tcase_add_test(tcase, test_results_have_every_field_of_a_speed);
    tcase_add_test(tcase, test_results_keep_a_message_that_is_not_utf8);
    tcase_add_test(tcase, test_results_sum_up);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
