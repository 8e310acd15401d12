// The ladder's file, and the place on it of a program that is so many times as fast.

#include "challenge/ladder_steps.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "unit.h"

static struct ladder ladder;

static int read_text(const char *text, int column)
{
    char path[] = "/tmp/test_ladder_steps_XXXXXX";
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    FILE *file = fdopen(descriptor, "w");
    fputs(text, file);
    fclose(file);
    int status = ladder_read(&ladder, path, column);
    unlink(path);
    return status;
}

static const char three_steps[] = "# times\n\n"
                                  "1.0 1 1  pairs  every pair\n"
                                  "4   3 2  half   half of them\n"
                                  "100 50 20 tiles  in blocks\n";

START_TEST(test_ladder_steps_have_a_gain_for_every_kind_of_machine)
{
    static const double tops[] = {100, 50, 20};
    for (int column = 0; column < 3; column++) {
        ck_assert_int_eq(read_text(three_steps, column), 0);
        ck_assert_int_eq(ladder.count, 3);
        ck_assert(ladder.steps[2].times == tops[column]);
    }
    ck_assert_str_eq(ladder.steps[1].name, "half");
    ck_assert_str_eq(ladder.steps[1].idea, "half of them");
}
END_TEST

START_TEST(test_ladder_steps_place_is_the_nearest_in_factors)
{
    static const struct {
        double times;
        int place;
    } cases[] = {{0.4, -1}, {0.6, 0}, {1.9, 0}, {2.1, 1},
                 {19, 1},   {21, 2},  {1000, 2}};
    ck_assert_int_eq(read_text(three_steps, 0), 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        ck_assert_int_eq(ladder_place(&ladder, cases[k].times), cases[k].place);
}
END_TEST

START_TEST(test_ladder_steps_that_fall_or_lack_words_are_refused)
{
    ck_assert_int_eq(read_text("2 2 2 half half\n1 1 1 pairs pairs\n", 0), -EINVAL);
    ck_assert_int_eq(read_text("1 1 pairs every pair\n", 0), -EINVAL);
    ck_assert_int_eq(read_text("0 1 1 pairs every pair\n", 0), -EINVAL);
    ck_assert_int_eq(read_text("# nothing\n", 0), -EINVAL);
    ck_assert_int_eq(ladder_read(&ladder, "/nonexistent", 0), -ENOENT);
}
END_TEST

START_TEST(test_ladder_steps_of_the_workbook_can_be_read)
{
    for (int column = 0; column < 3; column++)
        ck_assert_int_eq(
            ladder_read(&ladder, "tests/7.3-correlations/ladder.txt", column), 0);
    ck_assert_int_eq(ladder.count, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ladder_steps");
    TCase *tests = tcase_create("ladder_steps");
    tcase_set_timeout(tests, 10);
    tcase_add_test(tests, test_ladder_steps_have_a_gain_for_every_kind_of_machine);
    tcase_add_test(tests, test_ladder_steps_place_is_the_nearest_in_factors);
    tcase_add_test(tests, test_ladder_steps_that_fall_or_lack_words_are_refused);
    tcase_add_test(tests, test_ladder_steps_of_the_workbook_can_be_read);
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
