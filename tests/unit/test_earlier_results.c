// Going on from earlier results: what was decided of the same file is taken, all else is run.

#include "judge/earlier_results.h"
#include "unit.h"
#include <jansson.h>
#include <math.h>
#include <string.h>

static struct exercise exercise = {
    .folder = "7.9-example", .id = "7.9", .build = BUILD_OK, .source_hash = "aa"};
static struct line line;
static json_t *results;

// Results in which the line ended so.
static void setup_status(const char *status, const char *kind, bool is_final)
{
    results = json_pack(
        "{s:[{s:s, s:s, s:[{s:s, s:s, s:s, s:s, s:s, s:f}], s:[{s:s, s:s, s:f, s:n, "
        "s:f, s:b}]}]}",
        "exercises", "id", "7.9", "source_hash", "aa", "tests", "name",
        "threads: a line", "kind", kind, "status", status, "message", "a sentence",
        "diagnosis", "a name", "seconds", 1.5, "speed", "test", "threads: a line",
        "verdict", "pass", "estimate", 1.8, "vq", "credit", 0.8, "is_credit_final",
        is_final);
    ck_assert_ptr_nonnull(results);
    memset(&line, 0, sizeof line);
    line.exercise = &exercise;
    line.kind = strcmp(kind, "speed") == 0 ? LINE_SPEED : LINE_GATE;
    strcpy(line.name, "threads: a line");
    strcpy(exercise.source_hash, "aa");
}

static void teardown(void)
{
    json_decref(results);
}

START_TEST(test_earlier_what_was_decided_is_taken)
{
    setup_status("failed", "gate", false);
    ck_assert(earlier_results_take(results, &line));
    ck_assert_int_eq(line.status, LINE_FAILED);
    ck_assert_str_eq(line.message, "a sentence");
    ck_assert_str_eq(line.diagnosis, "a name");
    ck_assert_double_eq(line.seconds, 1.5);
}
END_TEST

START_TEST(test_earlier_what_was_open_is_run)
{
    static const char *const open_ones[] = {"pending", "error", "", "unknown"};
    for (unsigned i = 0; i < sizeof open_ones / sizeof *open_ones; i++) {
        setup_status(open_ones[i], "gate", false);
        ck_assert(!earlier_results_take(results, &line));
        ck_assert_int_eq(line.status, LINE_NOT_RUN);
        if (i < 3) json_decref(results);
    }
}
END_TEST

START_TEST(test_earlier_another_file_is_run)
{
    setup_status("passed", "gate", false);
    strcpy(exercise.source_hash, "bb");
    ck_assert(!earlier_results_take(results, &line));
    strcpy(exercise.source_hash, "");
    ck_assert(!earlier_results_take(results, &line));
}
END_TEST

START_TEST(test_earlier_speed_comes_with_its_evidence)
{
    setup_status("passed", "speed", true);
    ck_assert(earlier_results_take(results, &line));
    ck_assert_int_eq(line.speed.verdict, VERDICT_PASS);
    ck_assert_double_eq(line.speed.estimate, 1.8);
    ck_assert_double_eq(line.speed.credit, 0.8);
    ck_assert(isnan(line.speed.vq));
}
END_TEST

START_TEST(test_earlier_speed_with_points_open_is_run)
{
    setup_status("passed", "speed", false);
    ck_assert(!earlier_results_take(results, &line));
}
END_TEST

START_TEST(test_earlier_speed_with_more_credit_than_there_is_is_run)
{
    static const double credits[] = {1.01, 1e308, -0.2};
    for (unsigned i = 0; i < sizeof credits / sizeof *credits; i++) {
        setup_status("passed", "speed", true);
        json_t *exercises = json_object_get(results, "exercises");
        json_t *speeds = json_object_get(json_array_get(exercises, 0), "speed");
        json_object_set_new(json_array_get(speeds, 0), "credit",
                            json_real(credits[i]));
        ck_assert(!earlier_results_take(results, &line));
        if (i < 2) json_decref(results);
    }
}
END_TEST

START_TEST(test_earlier_results_may_be_anything)
{
    setup_status("passed", "gate", false);
    json_t *odd = json_pack("{s:s}", "exercises", "none");
    ck_assert(!earlier_results_take(odd, &line));
    ck_assert(!earlier_results_take(NULL, &line));
    json_decref(odd);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("earlier results");
    TCase *tcase = tcase_create("earlier results");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_test(tcase, test_earlier_what_was_decided_is_taken);
    tcase_add_test(tcase, test_earlier_what_was_open_is_run);
    tcase_add_test(tcase, test_earlier_another_file_is_run);
    tcase_add_test(tcase, test_earlier_speed_comes_with_its_evidence);
    tcase_add_test(tcase, test_earlier_speed_with_points_open_is_run);
    tcase_add_test(tcase, test_earlier_speed_with_more_credit_than_there_is_is_run);
    tcase_add_test(tcase, test_earlier_results_may_be_anything);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
