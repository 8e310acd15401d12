// What is made of Slurm's answers: programs of the test's own stand in for Slurm's on the PATH.

#include "grade/slurm.h"
#include "grade/slurm_array.h"
#include "grade/slurm_state.h"
#include "judge/folder_remove.h"
#include "unit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char folder[] = "/tmp/slurm-XXXXXX";
static char text[1024];
static struct site site;
static const struct course course = {
    .root = "/workbook", .built = "build/plain", .out = "/out"};
static struct round round_ = {"/out/round", "0123456789abcdef", 12};
static struct slurm_array array = {.id = "77", .pack = 5, .tasks = 3};

static void setup(void)
{
    char path[128];
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(site_read(&site, NULL, text, sizeof text), 0);
    snprintf(path, sizeof path, "%s:/usr/bin:/bin", folder);
    setenv("PATH", path, 1);
}

static void teardown(void)
{
    site_close(&site);
    folder_remove(folder);
}

// A program of this name, which is this shell script.
static void fake(const char *name, const char *script)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    chmod(path, 0755);
}

// squeue prints these lines, as wide as they are asked for.
static struct slurm_state state_of(const char *lines)
{
    char script[2048];
    struct slurm_state state;
    snprintf(script, sizeof script,
             "while IFS='|' read -r task how code nodes reason; do printf "
             "'%%-12s%%-20s%%-12s%%-80s%%-60s\\n' \"$task\" \"$how\" \"$code\" "
             "\"$nodes\" \"$reason\"; done <<'END'\n%s\nEND",
             lines);
    fake("squeue", script);
    slurm_state_look(&array, &state);
    return state;
}

START_TEST(test_slurm_that_is_not_there_is_said)
{
    setenv("PATH", folder, 1);
    ck_assert_int_eq(slurm_check(&site, text, sizeof text), -ENOENT);
    ck_assert_str_eq(text, "There is no Slurm here: sinfo and sbatch are not on the "
                           "PATH. Without ENGINE=slurm this machine grades.");
}
END_TEST

START_TEST(test_slurm_that_does_not_answer_is_quoted)
{
    fake("sinfo",
         "echo 'slurm_load_partitions: Unable to contact slurm controller' >&2; "
         "exit 1");
    ck_assert_int_eq(slurm_check(&site, text, sizeof text), -EHOSTDOWN);
    ck_assert_str_eq(text, "Slurm does not answer: slurm_load_partitions: Unable to "
                           "contact slurm controller");
}
END_TEST

START_TEST(test_slurm_partition_that_is_not_there_is_said)
{
    fake("sinfo", "printf 'day\\nnight\\n'");
    ck_assert_int_eq(slurm_check(&site, text, sizeof text), 0);
    site.partition = strdup("nigh");
    ck_assert_int_eq(slurm_check(&site, text, sizeof text), -ENOENT);
    ck_assert_str_eq(text, "There is no partition \"nigh\" here, but: day night");
    strcpy(site.partition, "day");
    ck_assert_int_eq(slurm_check(&site, text, sizeof text), 0);
}
END_TEST

START_TEST(test_slurm_limit_of_an_array_is_asked)
{
    fake("scontrol",
         "echo 'MailProg = /bin/mail'; echo 'MaxArraySize           = 42'");
    ck_assert_uint_eq(slurm_array_limit(), 42);
    fake("scontrol", "exit 1");
    ck_assert_uint_eq(slurm_array_limit(), 1001);
}
END_TEST

START_TEST(test_slurm_array_is_sent_with_what_the_site_wants)
{
    char expected[1024], path[64];
    snprintf(path, sizeof path, "%s/words", folder);
    fake("sbatch", "echo \"$*\" >\"${0%/*}/words\"; echo 'sbatch: be kind' >&2; "
                   "echo '4711;cluster'");
    site.partition = strdup("night");
    array.is_alone = true;
    strcpy(array.away, "n7");
    ck_assert_int_eq(
        slurm_array_send(&array, &site, &course, &round_, text, sizeof text), 0);
    ck_assert_str_eq(array.id, "4711");
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(fgets(text, sizeof text, file));
    fclose(file);
    snprintf(
        expected, sizeof expected,
        "--parsable --requeue --nodes=1 --ntasks=1 --export=PATH,HOME --chdir=/ "
        "--output=/dev/null --array=0-2 --job-name=workbook-%s --exclude=n7 "
        "--exclusive --partition=night --time=35 --mem=2G --cpus-per-task=2 "
        "/workbook/tests/grade/slurm_task.sh /workbook "
        "build/plain/tests/grade/one/main /out/round %s 5 12 /out/logs\n",
        round_.id, round_.id);
    ck_assert_str_eq(text, expected);
}
END_TEST

START_TEST(test_slurm_that_refuses_the_array_is_quoted)
{
    fake("sbatch", "echo 'sbatch: error: Batch job submission failed: Invalid "
                   "account' >&2; exit 1");
    ck_assert_int_eq(
        slurm_array_send(&array, &site, &course, &round_, text, sizeof text),
        -EREMOTEIO);
    ck_assert_str_eq(text,
                     "Slurm does not take the work: Batch job submission failed: "
                     "Invalid account");
    ck_assert_str_eq(array.id, "");
}
END_TEST

START_TEST(test_slurm_tasks_are_counted_by_how_they_are)
{
    struct slurm_state state = state_of("0|COMPLETED|0|n1|None\n"
                                        "1|FAILED|256|n2|NonZeroExitCode\n"
                                        "2|RUNNING|0|n1|None\n"
                                        "3|COMPLETING|0|n1|None\n"
                                        "4|REQUEUE_HOLD|0||job requeued\n"
                                        "5|PENDING|0||launch failed requeued held\n"
                                        "6|PENDING|0||Priority");
    ck_assert(state.is_known && !state.is_hopeless && !*state.blind);
    ck_assert_uint_eq(state.ended, 2);
    ck_assert_uint_eq(state.failed, 1);
    ck_assert_uint_eq(state.running, 2);
    ck_assert_uint_eq(state.stuck, 2);
    ck_assert_uint_eq(state.waiting, 1);
    ck_assert_str_eq(state.reason, "Priority");
}
END_TEST

START_TEST(test_slurm_nodes_that_see_nothing_are_named_once)
{
    struct slurm_state state = state_of("0|FAILED|22016|n1|NonZeroExitCode\n"
                                        "1|FAILED|86:0|n1|NonZeroExitCode\n"
                                        "2|FAILED|22272|n12|NonZeroExitCode");
    ck_assert_str_eq(state.blind, "n1,n12");
    ck_assert(state.misses_root);
}
END_TEST

START_TEST(test_slurm_reason_that_never_ends_is_known)
{
    ck_assert(state_of("0|PENDING|0||PartitionTimeLimit").is_hopeless);
}
END_TEST

START_TEST(test_slurm_forgets_and_does_not_answer)
{
    struct slurm_state state;
    fake("squeue",
         "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
    slurm_state_look(&array, &state);
    ck_assert(state.is_known && !state.ended);
    fake("squeue", "echo 'Unable to contact slurm controller' >&2; exit 1");
    slurm_state_look(&array, &state);
    ck_assert(!state.is_known);
}
END_TEST

START_TEST(test_slurm_array_is_found_by_its_round)
{
    fake("squeue", "[ \"$5\" = workbook-0123456789abcdef ] && printf '99\\n99\\n'");
    slurm_array_find(&array, &round_);
    ck_assert_str_eq(array.id, "99");
    fake("squeue", "exit 0");
    slurm_array_find(&array, &round_);
    ck_assert_str_eq(array.id, "");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("slurm");
    TCase *answers = tcase_create("answers");
    tcase_set_timeout(answers, 30);
    tcase_add_checked_fixture(answers, setup, teardown);
    tcase_add_test(answers, test_slurm_that_is_not_there_is_said);
    tcase_add_test(answers, test_slurm_that_does_not_answer_is_quoted);
    tcase_add_test(answers, test_slurm_partition_that_is_not_there_is_said);
    tcase_add_test(answers, test_slurm_limit_of_an_array_is_asked);
    tcase_add_test(answers, test_slurm_array_is_sent_with_what_the_site_wants);
    tcase_add_test(answers, test_slurm_that_refuses_the_array_is_quoted);
    tcase_add_test(answers, test_slurm_tasks_are_counted_by_how_they_are);
    tcase_add_test(answers, test_slurm_nodes_that_see_nothing_are_named_once);
    tcase_add_test(answers, test_slurm_reason_that_never_ends_is_known);
    tcase_add_test(answers, test_slurm_forgets_and_does_not_answer);
    tcase_add_test(answers, test_slurm_array_is_found_by_its_round);
    suite_add_tcase(suite, answers);
    return unit_run(suite);
}
