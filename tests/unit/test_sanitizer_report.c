// What sanitizers print, in a sentence: on texts as they print them.

#include "judge/sanitizer_report.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static struct report read_report(const char *printed)
{
    return sanitizer_report(printed, "submit.c");
}

static void tells(const char *printed, const char *diagnosis, const char *text)
{
    struct report report = read_report(printed);
    ck_assert_int_eq(report.kind, REPORT_FINDING);
    ck_assert_str_eq(report.diagnosis, diagnosis);
    ck_assert_msg(strstr(report.text, text) != NULL, "%s", report.text);
}

static const char USE_AFTER_FREE[] =
    "==3==ERROR: AddressSanitizer: heap-use-after-free on address 0x60 at pc 0x1\n"
    "READ of size 4 at 0x60200 thread T2\n"
    "    #0 0x5561 in future_result /home/x/exercises/futures/future.c:88\n"
    "    #1 0x5562 in collect_results /home/x/build/check/7.1-submit/submit.c:57\n"
    "    #2 0x5563 in submit_table /home/x/build/check/7.1-submit/submit.c:80\n";

static const char RACE[] =
    "==================\n"
    "WARNING: ThreadSanitizer: data race (pid=7)\n"
    "  Write of size 4 at 0x7b04 by thread T1:\n"
    "    #0 add_task /b/7.1-submit/submit.c:21 (program+0x4c)\n"
    "    #1 task_run exercises/futures/task.c:40 (program+0x5c)\n\n"
    "  Previous write of size 4 at 0x7b04 by thread T2:\n"
    "    #0 subtract_task /b/7.1-submit/submit.c:28 (program+0x6c)\n";

START_TEST(test_report_of_nothing_is_none)
{
    ck_assert_int_eq(read_report("").kind, REPORT_NONE);
    ck_assert_int_eq(read_report("submit.c:12 is where I am\n").kind, REPORT_NONE);
}
END_TEST

START_TEST(test_report_names_the_innermost_call_in_the_students_file)
{
    tells(USE_AFTER_FREE, "use after free",
          "submit.c:57 (collect_results): memory is used");
}
END_TEST

START_TEST(test_report_of_a_race_names_both_sides)
{
    tells(RACE, "data race",
          "submit.c:21 (add_task) and submit.c:28 (subtract_task): two");
}
END_TEST

START_TEST(test_report_of_undefined_behaviour_keeps_the_tools_words)
{
    tells("submit.c:12:9: runtime error: signed integer overflow: 1 + 2147483647\n",
          "undefined behaviour", "submit.c:12: signed integer overflow");
}
END_TEST

START_TEST(test_report_of_helgrind_names_both_sides)
{
    tells("Possible data race during write of size 8 at 0x1 by thread #2\n"
          "==4==    at 0x4A: H5S_extent_get_dims (in /usr/lib/libhdf5.so.103)\n"
          "==4==    by 0x10: rows_read (submit.c:40)\n"
          "==4==    by 0x10: convert_task (submit.c:64)\n"
          "==4== This conflicts with a previous read of size 8 by thread #3\n"
          "==4==    at 0x10: convert_file (submit.c:58)\n",
          "data race",
          "submit.c:40 (rows_read) and submit.c:58 (convert_file): two");
}
END_TEST

START_TEST(test_report_of_a_leak_names_who_allocated)
{
    tells("==2==ERROR: LeakSanitizer: detected memory leaks\n\n"
          "Direct leak of 96 byte(s) in 12 object(s) allocated from:\n"
          "    #0 0x7f in __interceptor_malloc (/lib/libasan.so+0xb)\n"
          "    #1 0x55 in submit_calls /b/submit.c:40\n",
          "leak", "submit.c:40 (submit_calls): memory is allocated and never freed");
}
END_TEST

START_TEST(test_report_without_a_call_of_the_student_says_so)
{
    tells("ERROR: AddressSanitizer: SEGV on unknown address\n    #0 0x5 in main "
          "main.c:3\n",
          "crash", "in a library, on your behalf");
}
END_TEST

START_TEST(test_report_tells_the_first_of_several)
{
    char both[2 * sizeof RACE + sizeof USE_AFTER_FREE];
    snprintf(both, sizeof both, "%s%s", RACE, USE_AFTER_FREE);
    tells(both, "data race", "submit.c:21");
}
END_TEST

START_TEST(test_report_of_a_file_whose_name_only_ends_alike_is_not_the_students)
{
    tells("runtime error: shift\n    #0 0x5 in f /b/other_submit.c:3\n",
          "undefined behaviour", "in a library");
}
END_TEST

START_TEST(test_report_of_a_tool_that_cannot_work_is_broken)
{
    static const char *const texts[] = {
        "FATAL: ThreadSanitizer: unexpected memory mapping 0x5 - 0x6\n",
        "==2==LeakSanitizer has encountered a fatal error.\n",
        ("ThreadSanitizer: starting new threads after multi-threaded fork is not "
         "supported\n")};
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(read_report(texts[i]).kind, REPORT_BROKEN);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sanitizer_report");
    TCase *tcase = tcase_create("texts");
    tcase_set_timeout(tcase, 10);
    tcase_add_test(tcase, test_report_of_nothing_is_none);
    tcase_add_test(tcase, test_report_names_the_innermost_call_in_the_students_file);
    tcase_add_test(tcase, test_report_of_a_race_names_both_sides);
    tcase_add_test(tcase, test_report_of_undefined_behaviour_keeps_the_tools_words);
    tcase_add_test(tcase, test_report_of_helgrind_names_both_sides);
    tcase_add_test(tcase, test_report_of_a_leak_names_who_allocated);
    tcase_add_test(tcase, test_report_without_a_call_of_the_student_says_so);
    tcase_add_test(tcase, test_report_tells_the_first_of_several);
    tcase_add_test(
        tcase, test_report_of_a_file_whose_name_only_ends_alike_is_not_the_students);
    tcase_add_test(tcase, test_report_of_a_tool_that_cannot_work_is_broken);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
