// A round on disk, and what a cluster wants to be told.

#include "grade/round.h"
#include "grade/site.h"
#include "judge/folder_remove.h"
#include "unit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/round-XXXXXX";
static char text[1024];
static struct course course;
static struct round round_;
static struct site site;

static void setup(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    course = (struct course){.root = ".",
                             .built = "build/plain",
                             .out = folder,
                             .exercise = "7.1",
                             .grader = "abc",
                             .is_quick = true};
    ck_assert_int_eq(workbook_read(&course.workbook, ".", "7.1"), 0);
    submissions_init(&course.submissions);
}

static void teardown(void)
{
    submissions_close(&course.submissions);
    round_close(&round_);
    site_close(&site);
    folder_remove(folder);
}

// A round of three, the last of which is called as badly as can be.
static void round_make(void)
{
    static const char *const names[] = {"ann", "bob", "two\nlines \"quoted\""};
    struct work work[3];
    for (int i = 0; i < 3; i++) {
        struct submission *one =
            submissions_at(&course.submissions, names[i], names[i], NULL);
        strcpy(one->files[0].hash, i ? "" : "f00d");
        if (i) one->files[0].reason = strdup("it is a link");
        work[i] = (struct work){one, i ? PASS_OPEN : PASS_CONTINUE, 0};
    }
    submissions_settle(&course.submissions);
    ck_assert_int_eq(round_create(&round_, &course, work, 3), 0);
}

static int site_of(const char *lines)
{
    char path[64];
    snprintf(path, sizeof path, "%s/site", folder);
    FILE *file = fopen(path, "w");
    fputs(lines, file);
    fclose(file);
    site_close(&site);
    return site_read(&site, path, text, sizeof text);
}

START_TEST(test_round_number_is_read_as_it_was_written)
{
    struct course read = {.root = "."};
    enum pass pass;
    round_make();
    ck_assert_int_eq(round_read(&round_, 2, &read, &pass), 0);
    const struct submission *one = read.submissions.all[0];
    ck_assert_str_eq(one->label, "two\nlines \"quoted\"");
    ck_assert_str_eq(one->files[0].reason, "it is a link");
    ck_assert_int_eq(pass, PASS_OPEN);
    ck_assert_str_eq(read.judge, "build/plain/tests/judge/judge");
    ck_assert_str_eq(read.grader, "abc");
    ck_assert_str_eq(read.round, round_.id);
    ck_assert(read.is_quick && !read.box);
    round_course_close(&read);
}
END_TEST

START_TEST(test_round_has_no_number_past_its_end)
{
    struct course read = {.root = "."};
    enum pass pass;
    round_make();
    ck_assert_int_eq(round_read(&round_, 3, &read, &pass), -ENOENT);
    round_course_close(&read);
}
END_TEST

START_TEST(test_round_is_opened_with_its_id_and_count)
{
    struct round opened;
    round_make();
    ck_assert_int_eq(round_open(&opened, round_.folder), 0);
    ck_assert_str_eq(opened.id, round_.id);
    ck_assert_uint_eq(opened.count, 3);
    round_close(&opened);
    ck_assert_int_eq(round_open(&opened, "/nowhere"), -ENOENT);
    round_close(&opened);
}
END_TEST

START_TEST(test_round_marks_say_how_a_number_ended)
{
    round_make();
    ck_assert_int_eq(round_status(&round_, 1), 1);
    ck_assert_int_eq(round_mark(&round_, 1, -EIO), 0);
    ck_assert_int_eq(round_status(&round_, 1), -EIO);
    ck_assert_int_eq(round_mark(&round_, 1, 0), 0);
    ck_assert_int_eq(round_mark(&round_, 2, 0), 0);
    ck_assert_int_eq(round_status(&round_, 1), 0);
    ck_assert_uint_eq(round_done(&round_), 2);
}
END_TEST

START_TEST(test_round_takes_the_place_of_an_earlier_one)
{
    char id[ROUND_ID_SIZE];
    round_make();
    memcpy(id, round_.id, sizeof id);
    round_mark(&round_, 0, 0);
    round_close(&round_);
    round_make();
    ck_assert_str_ne(round_.id, id);
    ck_assert_uint_eq(round_done(&round_), 0);
}
END_TEST

START_TEST(test_site_is_read_from_its_file)
{
    ck_assert_int_eq(
        site_of("# ours\n\npartition grade\n  cpus 4 # each\ntime 2:00:00\n"), 0);
    ck_assert_str_eq(site.partition, "grade");
    ck_assert_str_eq(site.cpus, "4");
    ck_assert_str_eq(site.time, "2:00:00");
    ck_assert_str_eq(site.pack, "5");
    ck_assert_ptr_null(site.account);
}
END_TEST

START_TEST(test_site_environment_counts_more_than_the_file)
{
    setenv("SITE_PARTITION", "night", 1);
    setenv("SITE_ACCOUNT", "", 1);
    ck_assert_int_eq(site_of("partition grade\naccount cs101\n"), 0);
    ck_assert_str_eq(site.partition, "night");
    ck_assert_str_eq(site.account, "cs101");
}
END_TEST

START_TEST(test_site_line_that_says_nothing_known_is_refused)
{
    ck_assert_int_eq(site_of("partition grade\nqueue night\n"), -EINVAL);
    ck_assert_ptr_nonnull(strstr(text, "line 2: a line is one of partition"));
    ck_assert_int_eq(site_of("pack none\n"), -EINVAL);
    ck_assert_int_eq(site_of("partition one two\n"), -EINVAL);
    site_close(&site);
    ck_assert_int_eq(site_read(&site, "/nowhere/site", text, sizeof text), -ENOENT);
    setenv("SITE_CPUS", "-1", 1);
    ck_assert_int_eq(site_of(""), -EINVAL);
    ck_assert_str_eq(text, "SITE_CPUS: -1 is no number above 0.");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("round");
    TCase *rounds = tcase_create("round"), *sites = tcase_create("site");
    tcase_set_timeout(rounds, 30);
    tcase_set_timeout(sites, 30);
    tcase_add_checked_fixture(rounds, setup, teardown);
    tcase_add_checked_fixture(sites, setup, teardown);
    tcase_add_test(rounds, test_round_number_is_read_as_it_was_written);
    tcase_add_test(rounds, test_round_has_no_number_past_its_end);
    tcase_add_test(rounds, test_round_is_opened_with_its_id_and_count);
    tcase_add_test(rounds, test_round_marks_say_how_a_number_ended);
    tcase_add_test(rounds, test_round_takes_the_place_of_an_earlier_one);
    tcase_add_test(sites, test_site_is_read_from_its_file);
    tcase_add_test(sites, test_site_environment_counts_more_than_the_file);
    tcase_add_test(sites, test_site_line_that_says_nothing_known_is_refused);
    suite_add_tcase(suite, rounds);
    suite_add_tcase(suite, sites);
    return unit_run(suite);
}
