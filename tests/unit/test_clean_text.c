// What of a submission's text may reach a terminal.

#include "judge/clean_text.h"
#include "unit.h"

START_TEST(test_clean_text_leaves_words_lines_and_tabs)
{
    char text[] = "expected ‘;’\n\tGrüße, 价格\n";
    text_clean(text);
    ck_assert_str_eq(text, "expected ‘;’\n\tGrüße, 价格\n");
}
END_TEST

START_TEST(test_clean_text_takes_escapes_returns_and_bells)
{
    char text[] = "\033[2Kgrade\r\a\b\x7f";
    text_clean(text);
    ck_assert_str_eq(text, "?[2Kgrade?\?\?\?");
}
END_TEST

START_TEST(test_clean_text_takes_commands_of_two_bytes)
{
    char text[] = "a\xc2\x9b"
                  "2Kb";
    text_clean(text);
    ck_assert_str_eq(text, "a??2Kb");
}
END_TEST

START_TEST(test_clean_text_stops_at_half_a_character)
{
    char text[] = "a\xc2";
    text_clean(text);
    ck_assert_str_eq(text, "a\xc2");
}
END_TEST

static Suite *suite(void)
{
    Suite *tests = suite_create("clean text");
    TCase *cleaned = tcase_create("cleaned");
    tcase_set_timeout(cleaned, 10);
    tcase_add_test(cleaned, test_clean_text_leaves_words_lines_and_tabs);
    tcase_add_test(cleaned, test_clean_text_takes_escapes_returns_and_bells);
    tcase_add_test(cleaned, test_clean_text_takes_commands_of_two_bytes);
    tcase_add_test(cleaned, test_clean_text_stops_at_half_a_character);
    suite_add_tcase(tests, cleaned);
    return tests;
}

int main(void)
{
    return unit_run(suite());
}
