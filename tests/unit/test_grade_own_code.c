// What of a file is the student's own: statements that were not given, by their shapes.

#include "grade/own_code.h"
#include "unit.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char given_text[] = "static int next(int x)\n"
                                 "{\n"
                                 "    int y = x + 1;\n"
                                 "    return y;\n"
                                 "}\n";

// The shapes of what is own in text, where given_text was given.
static void ck_assert_own(const char *text, const char *shapes)
{
    struct own_code given, code;
    own_code_init(&given, given_text, NULL);
    own_code_init(&code, text, &given);
    char *own = own_code_text(&code);
    ck_assert_str_eq(own, shapes);
    free(own);
    own_code_close(&code);
    own_code_close(&given);
}

START_TEST(test_own_code_leaves_out_what_was_given)
{
    ck_assert_own(given_text, "");
    ck_assert_own("static int next(int x)\n{\n    int y = x + 1;\n    x--;\n"
                  "    return y;\n}\n",
                  "x -- ;\n");
}
END_TEST

START_TEST(test_own_code_knows_the_given_under_other_names_and_in_other_layout)
{
    ck_assert_own(
        "static int\nfollower(int number) { // mine!\n\tint result=number+1;"
        " /* as\nbefore */ return\nresult; }",
        "");
}
END_TEST

START_TEST(test_own_code_is_its_shape)
{
    ck_assert_own("double r = f(\"a;b\", 'c', 1.5e-3) / p->q;",
                  "double x = x ( \"\" , \"\" , 1 ) / x -> x ;\n");
    ck_assert_own("for (int i = 0; i < n; i++) a[i] <<= 2;",
                  "for ( int x = 1 ; x < x ; x ++ ) x [ x ] <<= 1 ;\n");
}
END_TEST

START_TEST(test_own_code_has_no_declarations_of_functions_and_no_includes)
{
    ck_assert_own(
        "#include <math.h>\nstatic double later(const double x[]);\nint a;\n",
        "int x ;\n");
    ck_assert_own("void f(void)\n{\n    g(1);\n}\n",
                  "void x ( void ) {\nx ( 1 ) ;\n");
}
END_TEST

START_TEST(test_own_code_ends_a_directive_with_its_line)
{
    ck_assert_own("#define TWICE(x) \\\n    (2 * x)\nint a;\n",
                  "x x x ( x ) ( 1 * x )\nint x ;\n");
}
END_TEST

START_TEST(test_own_code_says_on_which_lines_a_statement_stands)
{
    struct own_code code;
    own_code_init(&code, "int a;\n/* b\n c */ f(\n\n1\n);\n", NULL);
    ck_assert_uint_eq(code.count, 1); // the call at file scope is a declaration
    own_code_close(&code);
    own_code_init(&code, "{ int a;\n/* b\n c */ f(\n\n1\n); }\n", NULL);
    ck_assert_uint_eq(code.count, 4);
    ck_assert_uint_eq(code.statements[1].first_line, 1);
    ck_assert_uint_eq(code.statements[2].first_line, 3);
    ck_assert_uint_eq(code.statements[2].last_line, 6);
    ck_assert_uint_eq(code.own_words, 10);
    own_code_close(&code);
}
END_TEST

START_TEST(test_own_code_takes_what_is_no_c)
{
    ck_assert_own("\"never closed\nint a;", "\"\" int x ;\n");
    ck_assert_own("}}}} /* never closed", "");
    ck_assert_own("((([[[ ; ;", "( ( ( [ [ [ ; ;\n");
    ck_assert_own("\\ \x01 \xff @;", "\\ x x @ ;\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("own code");
    TCase *tcase = tcase_create("own code");
    tcase_set_timeout(tcase, 20);
    tcase_add_test(tcase, test_own_code_leaves_out_what_was_given);
    tcase_add_test(
        tcase, test_own_code_knows_the_given_under_other_names_and_in_other_layout);
    tcase_add_test(tcase, test_own_code_is_its_shape);
    tcase_add_test(tcase,
                   test_own_code_has_no_declarations_of_functions_and_no_includes);
    tcase_add_test(tcase, test_own_code_ends_a_directive_with_its_line);
    tcase_add_test(tcase, test_own_code_says_on_which_lines_a_statement_stands);
    tcase_add_test(tcase, test_own_code_takes_what_is_no_c);
    suite_add_tcase(suite, tcase);
    return unit_run(suite);
}
