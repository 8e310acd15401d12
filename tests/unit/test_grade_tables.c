// CSV in and out, and the roster that names submissions.

#include "grade/csv.h"
#include "grade/roster.h"
#include "grade/text.h"
#include "unit.h"
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/table-XXXXXX";
static struct submissions submissions;

static void setup(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    strcpy(path + strlen(path) - 6, "XXXXXX");
    close(mkstemp(path));
    submissions_init(&submissions);
}

static void teardown(void)
{
    submissions_close(&submissions);
    unlink(path);
}

static void write_text(const char *text)
{
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
}

static struct csv load(const char *text)
{
    struct csv csv;
    write_text(text);
    ck_assert_int_eq(csv_load(&csv, path), 0);
    return csv;
}

static void table_write(const struct csv *csv)
{
    struct csv_writer writer = {.file = fopen(path, "w"),
                                .delimiter = csv->delimiter};
    for (size_t row = 0; row < csv->count; row++) {
        for (size_t i = 0; i < csv->rows[row].count; i++)
            csv_put(&writer, csv->rows[row].cells[i]);
        csv_end_row(&writer);
    }
    fclose(writer.file);
}

START_TEST(test_csv_reads_quotes_and_line_ends_in_cells)
{
    struct csv csv = load("a,b\r\n\"x\"\"y\",\"1\n2, 3\"\r\n,\r\n");
    ck_assert_uint_eq(csv.count, 3);
    ck_assert_str_eq(csv_cell(&csv, 1, 0), "x\"y");
    ck_assert_str_eq(csv_cell(&csv, 1, 1), "1\n2, 3");
    ck_assert_str_eq(csv_cell(&csv, 2, 1), "");
    ck_assert_str_eq(csv_cell(&csv, 9, 9), "");
    csv_close(&csv);
}
END_TEST

START_TEST(test_csv_reads_a_mark_semicolons_and_no_last_line_end)
{
    struct csv csv = load("\xef\xbb\xbfID;Name, all;x\n1;Ann");
    ck_assert_int_eq(csv.delimiter, ';');
    ck_assert(csv.has_mark);
    ck_assert_int_eq(csv_column(&csv, "id"), 0);
    ck_assert_str_eq(csv_cell(&csv, 1, 1), "Ann");
    csv_close(&csv);
}
END_TEST

START_TEST(test_csv_survives_what_is_no_table)
{
    static const char *const texts[] = {"",     "\"",     "\"a", "a\"b\"\"",
                                        "\n\n", "\"\"\"", "\r"};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct csv csv = load(texts[i]);
        csv_close(&csv);
    }
}
END_TEST

START_TEST(test_csv_writes_what_it_reads)
{
    static const char *const cells[] = {"a\"b", "x,y",  "1\n2",    "",
                                        " s",   "-1.5", "\xd0\xaf"};
    enum { COUNT = sizeof cells / sizeof *cells };
    struct csv_writer writer = {.file = fopen(path, "w"), .delimiter = ','};
    for (unsigned i = 0; i < COUNT; i++) csv_put(&writer, cells[i]);
    csv_end_row(&writer);
    fclose(writer.file);
    struct csv csv;
    ck_assert_int_eq(csv_load(&csv, path), 0);
    for (unsigned i = 0; i < COUNT; i++)
        ck_assert_str_eq(csv_cell(&csv, 0, i), cells[i]);
    csv_close(&csv);
}
END_TEST

// A first row may hold more of another delimiter, or a quote that begins no cell.
START_TEST(test_csv_keeps_its_delimiter_when_written_again)
{
    static const char *const texts[] = {"name,a \"quoted; word\",x;y;z;u\n1,2,3\n",
                                        ",Ann\",x;;;;\r\n1;2;3;4;5\r\n\"a\",b\r\n",
                                        "\"a;;;,b\";c\n1;2\n"};
    static const char delimiters[] = ";;;";
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct csv before = load(texts[i]), after;
        ck_assert_int_eq(before.delimiter, delimiters[i]);
        table_write(&before);
        ck_assert_int_eq(csv_load(&after, path), 0);
        ck_assert_int_eq(after.delimiter, before.delimiter);
        ck_assert_uint_eq(after.count, before.count);
        for (size_t row = 0; row < before.count; row++)
            ck_assert_uint_eq(after.rows[row].count, before.rows[row].count);
        csv_close(&before);
        csv_close(&after);
    }
}
END_TEST

START_TEST(test_csv_makes_formulas_harmless)
{
    static const char *const cells[] = {"=cmd|' /C calc'!A0", "+1+2", "-x",
                                        "@SUM(A1)",           "\t=1", "\r=1"};
    enum { COUNT = sizeof cells / sizeof *cells };
    struct csv_writer writer = {.file = fopen(path, "w"), .delimiter = ','};
    for (unsigned i = 0; i < COUNT; i++) csv_put(&writer, cells[i]);
    csv_end_row(&writer);
    fclose(writer.file);
    struct csv csv;
    ck_assert_int_eq(csv_load(&csv, path), 0);
    for (unsigned i = 0; i < COUNT; i++) {
        ck_assert_int_eq(csv_cell(&csv, 0, i)[0], '\'');
        ck_assert_str_eq(csv_cell(&csv, 0, i) + 1, cells[i]);
    }
    csv_close(&csv);
}
END_TEST

static const char roster[] = "id,Name,login,number\n"
                             "u1,\"Smith, Ann\",asmith,77\n"
                             "u2,Bo Lee,blee,78\n"
                             "u3,\xc3\x89lodie Ni,eni,79\n"
                             "u4,Bo Lee,blee2,80\n";

// Who submission `label` of that person and number is, with this roster.
static const struct submission *matched(const char *label, const char *name,
                                        const char *number)
{
    write_text(roster);
    struct submission *submission =
        submissions_at(&submissions, label, name, number);
    submission->has_folder = true;
    ck_assert_int_eq(roster_match(&submissions, path), 0);
    return submission;
}

START_TEST(test_roster_matches_a_login)
{
    ck_assert_str_eq(matched("ASmith", "", NULL)->id, "u1");
}
END_TEST

START_TEST(test_roster_matches_a_number_before_a_name)
{
    const struct submission *bo = matched("leebo_78_1_submit.c", "leebo", "78");
    ck_assert_str_eq(bo->id, "u2");
    ck_assert_str_eq(bo->name, "Bo Lee");
    ck_assert(bo->is_in_roster);
}
END_TEST

START_TEST(test_roster_matches_names_in_either_order)
{
    ck_assert_str_eq(matched("smithann", "", NULL)->id, "u1");
    ck_assert_str_eq(matched("Ann Smith", "", NULL)->id, "u1");
    ck_assert_str_eq(matched("x", "ni\xc3\xa9lodie", "1")->id, "u3");
}
END_TEST

START_TEST(test_roster_leaves_what_several_are_called)
{
    const struct submission *bo = matched("Bo Lee", "", NULL);
    ck_assert_str_eq(bo->id, "Bo Lee");
    ck_assert_str_eq(bo->flags, "not in the roster");
    ck_assert(!bo->is_in_roster);
}
END_TEST

START_TEST(test_roster_adds_those_who_handed_in_nothing)
{
    matched("asmith", "", NULL);
    ck_assert_uint_eq(submissions.count, 4);
    const struct submission *absent = submissions_find(&submissions, "u3");
    ck_assert_str_eq(absent->flags, "no submission");
    ck_assert(!absent->has_folder);
}
END_TEST

START_TEST(test_roster_without_ids_is_refused)
{
    write_text("name,login\nAnn,a\n");
    ck_assert_int_eq(roster_match(&submissions, path), -EINVAL);
    ck_assert_int_eq(roster_match(&submissions, "/nowhere"), -ENOENT);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tables");
    TCase *tcase = tcase_create("tables");
    tcase_set_timeout(tcase, 20);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_csv_reads_quotes_and_line_ends_in_cells);
    tcase_add_test(tcase, test_csv_reads_a_mark_semicolons_and_no_last_line_end);
    tcase_add_test(tcase, test_csv_survives_what_is_no_table);
    tcase_add_test(tcase, test_csv_writes_what_it_reads);
    tcase_add_test(tcase, test_csv_keeps_its_delimiter_when_written_again);
    tcase_add_test(tcase, test_csv_makes_formulas_harmless);
    tcase_add_test(tcase, test_roster_matches_a_login);
    tcase_add_test(tcase, test_roster_matches_a_number_before_a_name);
    tcase_add_test(tcase, test_roster_matches_names_in_either_order);
    tcase_add_test(tcase, test_roster_leaves_what_several_are_called);
    tcase_add_test(tcase, test_roster_adds_those_who_handed_in_nothing);
    tcase_add_test(tcase, test_roster_without_ids_is_refused);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
