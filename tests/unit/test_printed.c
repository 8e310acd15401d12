// What is kept of a program's output.

#include "judge/printed.h"
#include "unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct printed printed;

// As if a program had printed so many rows of ten bytes.
static void print_rows(int count)
{
    int ends[2];
    char row[16];
    ck_assert_int_eq(pipe2(ends, O_NONBLOCK), 0);
    for (int i = 0; i < count; i++) {
        snprintf(row, sizeof row, "row %05d\n", i);
        ck_assert_int_eq(write(ends[1], row, 10), 10);
        if (i % 1000 == 999) printed_take(&printed, ends[0]);
    }
    close(ends[1]);
    printed_take(&printed, ends[0]);
    close(ends[0]);
    printed_close(&printed);
}

START_TEST(test_printed_keeps_all_of_a_little)
{
    print_rows(2);
    ck_assert_str_eq(printed.text, "row 00000\nrow 00001\n");
    ck_assert_uint_eq(printed.size, 20);
}
END_TEST

START_TEST(test_printed_keeps_all_that_there_is_room_for)
{
    print_rows(6000);
    ck_assert_uint_eq(printed.size, 60000);
    for (int i = 0; i < 6000; i++) {
        char row[16];
        snprintf(row, sizeof row, "row %05d\n", i);
        ck_assert_mem_eq(printed.text + 10 * i, row, 10);
    }
}
END_TEST

START_TEST(test_printed_keeps_beginning_and_end_of_much)
{
    print_rows(50000);
    ck_assert_uint_eq(printed.size, 2 * PRINTED_PART - 1);
    ck_assert_mem_eq(printed.text, "row 00000\nrow 00001\n", 20);
    ck_assert_str_eq(printed.text + printed.size - 20, "row 49998\nrow 49999\n");
}
END_TEST

static Suite *suite(void)
{
    Suite *tests = suite_create("printed");
    TCase *kept = tcase_create("kept");
    tcase_set_timeout(kept, 20);
    tcase_add_test(kept, test_printed_keeps_all_of_a_little);
    tcase_add_test(kept, test_printed_keeps_all_that_there_is_room_for);
    tcase_add_test(kept, test_printed_keeps_beginning_and_end_of_much);
    suite_add_tcase(tests, kept);
    return tests;
}

int main(void)
{
    return unit_run(suite());
}
