// What every benchmark counts with: medians, the file of results, and peers on pipes.

#include "bench/bench.h"
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "bench/peer.h"
#include "unit.h"

START_TEST(test_bench_median_is_the_middle_or_between_the_two)
{
    ck_assert_double_eq(bench_median((double[]){7}, 1), 7);
    ck_assert_double_eq(bench_median((double[]){9, 1, 5}, 3), 5);
    ck_assert_double_eq(bench_median((double[]){9, 1, 5, 4}, 4), 4.5);
}
END_TEST

// A round in which everything took ten times as long changes no ratio.
START_TEST(test_bench_ratio_is_that_of_each_round)
{
    const double theirs[] = {2, 20, 3}, ours[] = {1, 10, 2};
    ck_assert_double_eq(bench_median_ratio(theirs, ours, 3), 2);
}
END_TEST

static void silence(void)
{
    ck_assert_int_ge(dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO), 0);
}

// In a process that prints elsewhere: standard output is for the results of tests.
START_TEST(test_bench_file_has_machine_rows_and_ratios)
{
    char folder[] = "/tmp/test_bench_XXXXXX", path[64];
    const char *measure, *subject, *unit, *against, *schema;
    double value, least, greatest, ratio;
    int runs, cpus;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/new/results.json", folder);
    int out = dup(STDOUT_FILENO);
    silence();
    struct bench *bench = bench_create("7.2");
    bench_row(bench, "convert", "2 threads", "s", (double[]){3, 1, 2}, 3);
    bench_ratio(bench, "convert", "2 threads", "pandas", 3.5);
    ck_assert_int_eq(bench_finish(bench, path), EXIT_SUCCESS);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    json_t *root = json_load_file(path, 0, NULL);
    ck_assert_ptr_nonnull(root);
    ck_assert_int_eq(json_unpack(root, "{s:s, s:{s:i}}", "schema", &schema,
                                 "machine", "cpus", &cpus),
                     0);
    ck_assert_str_eq(schema, "workbook-bench/1");
    ck_assert_int_ge(cpus, 1);
    ck_assert_int_eq(
        json_unpack(
            root,
            "{s:[{s:s, s:s, s:F, s:s, s:i, s:F, s:F}], s:[{s:s, s:s, s:s, s:F}]}",
            "rows", "measure", &measure, "subject", &subject, "value", &value,
            "unit", &unit, "runs", &runs, "min", &least, "max", &greatest, "ratios",
            "measure", &measure, "subject", &subject, "against", &against, "ratio",
            &ratio),
        0);
    ck_assert_str_eq(measure, "convert");
    ck_assert_str_eq(subject, "2 threads");
    ck_assert_str_eq(against, "pandas");
    ck_assert(value == 2 && least == 1 && greatest == 3 && runs == 3 &&
              ratio == 3.5);
    json_decref(root);
    unlink(path);
    *strrchr(path, '/') = '\0';
    ck_assert_int_eq(rmdir(path), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

START_TEST(test_bench_peer_answers_every_order)
{
    struct peer peer;
    peer_open(&peer, (const char *const[]){
                         "sh", "-c", "while read -r word; do echo \"$word.5\"; done",
                         NULL});
    ck_assert_double_eq(peer_run(&peer, "1"), 1.5);
    ck_assert_double_eq(peer_run(&peer, "20"), 20.5);
    peer_close(&peer);
}
END_TEST

START_TEST(test_bench_ends_when_a_peer_has_no_answer)
{
    struct peer peer;
    ck_assert_int_ge(dup2(open("/dev/null", O_WRONLY), STDERR_FILENO), 0);
    peer_open(&peer, (const char *const[]){"true", NULL});
    peer_run(&peer, "1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bench");
    TCase *tests = tcase_create("bench");
    tcase_set_timeout(tests, 20);
    tcase_add_test(tests, test_bench_median_is_the_middle_or_between_the_two);
    tcase_add_test(tests, test_bench_ratio_is_that_of_each_round);
    tcase_add_test(tests, test_bench_file_has_machine_rows_and_ratios);
    tcase_add_test(tests, test_bench_peer_answers_every_order);
    tcase_add_exit_test(tests, test_bench_ends_when_a_peer_has_no_answer,
                        EXIT_FAILURE);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
