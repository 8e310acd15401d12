// Each shape of download that instructors have, as a folder of files: who handed in what.

#include "grade/class_folder.h"
#include "judge/durable_file.h"
#include "grade/platform_name.h"
#include "grade/text.h"
#include "judge/folder_remove.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/shapes-XXXXXX";
static struct workbook workbook = {
    .count = 2,
    .exercises = {{"7.1-submit", "7.1", "submit.c"}, {"7.2-sums", "7.2", "sums.c"}}};
static struct submissions submissions;

static void setup(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    submissions_init(&submissions);
}

static void teardown(void)
{
    submissions_close(&submissions);
    folder_remove(folder);
}

// A file whose content is its own path.
static void file_make(const char *path)
{
    char *whole = text_format("%s/%s", folder, path);
    char *parent = text_format("%s", whole);
    *strrchr(parent, '/') = '\0';
    ck_assert_int_eq(durable_folder_make(parent), 0);
    ck_assert_int_eq(durable_file_write(whole, path, strlen(path)), 0);
    free(parent);
    free(whole);
}

static const struct submission *read_one(const char *id)
{
    ck_assert_int_eq(class_folder_read(&submissions, &workbook, folder), 0);
    submissions_settle(&submissions);
    const struct submission *found = submissions_find(&submissions, id);
    ck_assert_msg(found != NULL, "nobody is called %s", id);
    return found;
}

// Is this the file that was handed in for the exercise? NULL: none was.
static void assert_file(const struct submission *submission, unsigned exercise,
                        const char *path)
{
    const struct submitted_file *file = &submission->files[exercise];
    if (!path) {
        ck_assert_ptr_null(file->folder);
        return;
    }
    ck_assert_ptr_nonnull(file->folder);
    char *found = text_format("%s/%s", file->folder, file->name);
    char *wanted = text_format("%s/%s", folder, path);
    ck_assert_str_eq(found, wanted);
    free(found);
    free(wanted);
}

START_TEST(test_shape_files_at_the_top)
{
    file_make("ann/submit.c");
    file_make("ann/sums.c");
    file_make("bob/sums.c");
    const struct submission *ann = read_one("ann");
    assert_file(ann, 0, "ann/submit.c");
    assert_file(ann, 1, "ann/sums.c");
    assert_file(submissions_find(&submissions, "bob"), 0, NULL);
    ck_assert_uint_eq(submissions.count, 2);
}
END_TEST

START_TEST(test_shape_of_the_exercises)
{
    file_make("ann/7.1-submit/submit.c");
    file_make("ann/submit.c");
    file_make("bob/sums.c");
    assert_file(read_one("ann"), 0, "ann/7.1-submit/submit.c");
}
END_TEST

START_TEST(test_shape_one_level_down)
{
    file_make("ann/homework/submit.c");
    file_make("ann/homework/7.2-sums/sums.c");
    file_make("bob/sums.c");
    const struct submission *ann = read_one("ann");
    assert_file(ann, 0, "ann/homework/submit.c");
    assert_file(ann, 1, "ann/homework/7.2-sums/sums.c");
}
END_TEST

START_TEST(test_shape_of_a_clone)
{
    file_make("ann/.git/config");
    file_make("ann/exercises/7.1-submit/submit.c");
    file_make("ann/solutions/7.2-sums/sums.c");
    file_make("bob/workbook/exercises/7.2-sums/sums.c");
    const struct submission *ann = read_one("ann");
    assert_file(ann, 0, "ann/exercises/7.1-submit/submit.c");
    assert_file(ann, 1, NULL);
    assert_file(submissions_find(&submissions, "bob"), 1,
                "bob/workbook/exercises/7.2-sums/sums.c");
}
END_TEST

START_TEST(test_shape_of_canvas_takes_the_newest)
{
    file_make("smithann_77_100_submit.c");
    file_make("smithann_77_120_submit-2.c");
    file_make("smithann_77_180_submit-10.c");
    file_make("smithann_77_101_sums.c");
    file_make("leebo_LATE_78_103_submit-1.c");
    file_make("leebo_LATE_78_104_my_notes.pdf");
    const struct submission *ann = read_one("77"), *bo;
    assert_file(ann, 0, "smithann_77_180_submit-10.c");
    assert_file(ann, 1, "smithann_77_101_sums.c");
    ck_assert_str_eq(ann->name, "smithann");
    bo = submissions_find(&submissions, "leebo");
    assert_file(bo, 0, "leebo_LATE_78_103_submit-1.c");
    ck_assert_str_eq(bo->flags, "late");
    ck_assert_str_eq(bo->others, "my_notes.pdf");
    ck_assert_uint_eq(submissions.count, 2);
}
END_TEST

START_TEST(test_shape_of_moodle)
{
    file_make("Ann O'Neil_12_assignsubmission_file/submit.c");
    file_make("Ann O'Neil_12_assignsubmission_onlinetext/onlinetext.html");
    file_make("Bo_Lee_13_assignsubmission_file_/7.2-sums/sums.c");
    file_make("Cy Mo_14_assignsubmission_file_submit.c");
    const struct submission *ann = read_one("12");
    assert_file(ann, 0, "Ann O'Neil_12_assignsubmission_file/submit.c");
    ck_assert_str_eq(ann->name, "Ann O'Neil");
    ck_assert(ann->is_moodle);
    assert_file(submissions_find(&submissions, "Bo_Lee"), 1,
                "Bo_Lee_13_assignsubmission_file_/7.2-sums/sums.c");
    assert_file(submissions_find(&submissions, "Cy Mo"), 0,
                "Cy Mo_14_assignsubmission_file_submit.c");
    ck_assert_uint_eq(submissions.count, 3);
}
END_TEST

START_TEST(test_shape_in_a_wrapper)
{
    file_make("homework 7/ann/submit.c");
    file_make("homework 7/bob/submit.c");
    assert_file(read_one("ann"), 0, "homework 7/ann/submit.c");
    ck_assert_uint_eq(submissions.count, 2);
}
END_TEST

START_TEST(test_shape_one_person_is_no_wrapper)
{
    file_make("ann/submit.c");
    file_make("ann/sums.c");
    assert_file(read_one("ann"), 0, "ann/submit.c");
}
END_TEST

START_TEST(test_shape_link_to_a_folder_is_not_followed)
{
    file_make("ann/sums.c");
    file_make("bob/7.1-submit/submit.c");
    char *path = text_format("%s/ann/7.1-submit", folder);
    ck_assert_int_eq(symlink("../bob/7.1-submit", path), 0);
    free(path);
    const struct submission *ann = read_one("ann");
    assert_file(ann, 0, NULL);
    assert_file(ann, 1, "ann/sums.c");
}
END_TEST

START_TEST(test_shape_names_may_be_anything)
{
    file_make("=cmd|' C calc'!A0/submit.c");
    // NOLINTNEXTLINE(misc-misleading-bidirectional): such a name is what is tested
    file_make("two\nlines \"\u202e/submit.c");
    file_make("\xd0\x9e\xd0\xbb\xd1\x8f/submit.c");
    file_make("broken\xff/submit.c");
    assert_file(read_one("broken%FF"), 0, "broken\xff/submit.c");
    // NOLINTNEXTLINE(misc-misleading-bidirectional)
    const char *label = "two\nlines \"\u202e";
    const struct submission *two = submissions_find(&submissions, label);
    ck_assert_str_eq(two->safe, "two%0Alines%20%22%E2%80%AE");
    ck_assert_uint_eq(submissions.count, 4);
}
END_TEST

START_TEST(test_shape_ids_become_unique)
{
    file_make("broken\xff/submit.c");
    file_make("broken%FF/submit.c");
    read_one("broken%FF");
    ck_assert_str_ne(submissions.all[0]->id, submissions.all[1]->id);
}
END_TEST

START_TEST(test_shape_what_is_nobodys_is_listed)
{
    file_make("ann/submit.c");
    file_make("index.html");
    read_one("ann");
    ck_assert_str_eq(submissions.strays, "index.html\n");
}
END_TEST

START_TEST(test_platform_names_that_are_none)
{
    struct platform_name name;
    ck_assert(!platform_name_read("ann_smith", &name));
    ck_assert(!platform_name_read("ann_12_submit.c", &name));
    ck_assert(!platform_name_read("ann_12_34_", &name));
    ck_assert(!platform_name_read("_assignsubmission_file", &name));
    ck_assert_int_eq(platform_file_version("submit-.c", "submit.c"), -1);
    ck_assert_int_eq(platform_file_version("submit-1.cpp", "submit.c"), -1);
    ck_assert_int_eq(platform_file_version("resubmit.c", "submit.c"), -1);
}
END_TEST

START_TEST(test_file_names_are_safe)
{
    static const char *const texts[] = {"..", "-rf", "a/b", "", "\x7f", "C:\\x"};
    char longest[2000] = "";
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *name = text_file_name(texts[i]);
        ck_assert_ptr_null(strpbrk(name, "/\\: \n"));
        ck_assert(*name != '.' && *name != '-');
        free(name);
    }
    memset(longest, 'a', sizeof longest - 1);
    char *one = text_file_name(longest);
    longest[sizeof longest - 2] = 'b';
    char *two = text_file_name(longest);
    ck_assert_uint_lt(strlen(one), 200);
    ck_assert_str_ne(one, two);
    free(one);
    free(two);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shapes of submissions");
    TCase *tcase = tcase_create("shapes of submissions");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_shape_files_at_the_top);
    tcase_add_test(tcase, test_shape_of_the_exercises);
    tcase_add_test(tcase, test_shape_one_level_down);
    tcase_add_test(tcase, test_shape_of_a_clone);
    tcase_add_test(tcase, test_shape_of_canvas_takes_the_newest);
    tcase_add_test(tcase, test_shape_of_moodle);
    tcase_add_test(tcase, test_shape_in_a_wrapper);
    tcase_add_test(tcase, test_shape_one_person_is_no_wrapper);
    tcase_add_test(tcase, test_shape_link_to_a_folder_is_not_followed);
    tcase_add_test(tcase, test_shape_names_may_be_anything);
    tcase_add_test(tcase, test_shape_ids_become_unique);
    tcase_add_test(tcase, test_shape_what_is_nobodys_is_listed);
    tcase_add_test(tcase, test_platform_names_that_are_none);
    tcase_add_test(tcase, test_file_names_are_safe);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
