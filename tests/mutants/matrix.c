// Judges submissions whose verdict is known, and says where the judge differs:
//
//     matrix ROOT JUDGE OUTPUT FILE...
//
// A FILE stands in a folder named like its exercise (7.1-submit/late_result.c) and begins with
// a comment that says what is wrong with it, and
//
//     // caught by: threads: the table is in order      the test that must fail; or `build`,
//                                                        or `nothing` for an honest one
//     // says: results[                                  a part of that test's message
//     // points: 15                                      exactly so many, pending ones too
//
// of which the last two may be missing. The judge leaves out speed and sanitizers, unless
// there is a line `// with: speed`. One TAP line a file; OUTPUT keeps each results.json.

#include "judge/command.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TEXT_SIZE = 1024, PATH_LIMIT = 2048, JUDGE_LIMIT_S = 300 };

struct expectation {
    char caught_by[TEXT_SIZE];
    char says[TEXT_SIZE];
    double points; // NAN: any
    bool with_speed;
};

struct submission {
    char file[PATH_LIMIT]; // FILE
    char name[PATH_LIMIT]; // "7.1-submit/late_result"
    char id[64];           // "7.1"
    char
        folder[PATH_LIMIT]; // OUTPUT/7.1-submit/late_result: what the judge is given
};

static void value_take(const char *row, const char *key, char value[TEXT_SIZE])
{
    size_t length = strlen(key);
    if (strncmp(row, key, length) == 0)
        snprintf(value, TEXT_SIZE, "%.*s", (int)strcspn(row + length, "\n"),
                 row + length);
}

// Reads the comment that a file begins with. false when it does not say who catches it.
static bool expectation_read(const char *path, struct expectation *expectation)
{
    char row[TEXT_SIZE], points[TEXT_SIZE] = "", with[TEXT_SIZE] = "";
    *expectation = (struct expectation){.points = NAN};
    FILE *file = fopen(path, "r");
    if (!file) return false;
    while (fgets(row, sizeof row, file) && strncmp(row, "//", 2) == 0) {
        value_take(row, "// caught by: ", expectation->caught_by);
        value_take(row, "// says: ", expectation->says);
        value_take(row, "// points: ", points);
        value_take(row, "// with: ", with);
    }
    fclose(file);
    if (*points) expectation->points = atof(points);
    expectation->with_speed = strcmp(with, "speed") == 0;
    return *expectation->caught_by != '\0';
}

static bool submission_name(struct submission *submission, const char *output,
                            const char *file)
{
    const char *slash = strrchr(file, '/'), *start = slash;
    while (start && start > file && start[-1] != '/') start--;
    const char *dash = start ? strchr(start, '-') : NULL;
    const char *end = strrchr(file, '.');
    if (!dash || dash > slash || !end || end < slash) return false;
    snprintf(submission->file, PATH_LIMIT, "%s", file);
    snprintf(submission->name, PATH_LIMIT, "%.*s", (int)(end - start), start);
    snprintf(submission->id, sizeof submission->id, "%.*s", (int)(dash - start),
             start);
    snprintf(submission->folder, PATH_LIMIT, "%.1000s/%.1000s", output,
             submission->name);
    return true;
}

// Lays the file out as a student would hand it in: a folder with just submit.c in it.
static bool submission_lay(const struct submission *submission)
{
    char script[5 * PATH_LIMIT];
    const char *dash = strchr(submission->name, '-') + 1;
    snprintf(script, sizeof script,
             "rm -rf '%s' && mkdir -p '%s' && cp '%s' '%s/%.*s.c'",
             submission->folder, submission->folder, submission->file,
             submission->folder, (int)strcspn(dash, "/"), dash);
    const char *const arguments[] = {"sh", "-c", script, NULL};
    char text[TEXT_SIZE];
    return command_run(&(struct command){.arguments = arguments, .limit_s = 30}, text, sizeof text) ==
           0;
}

static json_t *submission_judge(const struct submission *submission,
                                const char *root, const char *judge, bool with_speed)
{
    char results[PATH_LIMIT + 32], exercise[96], output[PATH_LIMIT + 32],
        text[TEXT_SIZE];
    snprintf(results, sizeof results, "%s/results.json", submission->folder);
    snprintf(exercise, sizeof exercise, "exercise=%s", submission->id);
    snprintf(output, sizeof output, "output=%s/build", submission->folder);
    const char *const arguments[] = {
        judge,    root,   submission->folder,          results,
        exercise, output, with_speed ? NULL : "quick", NULL};
    int status = command_run(&(struct command){.arguments = arguments, .limit_s = JUDGE_LIMIT_S}, text,
                             sizeof text);
    return status == 0 || status == 1 ? json_load_file(results, 0, NULL) : NULL;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

// The first test that failed, or the one of that name; NULL when there is none.
static const json_t *test_find(const json_t *exercise, const char *name)
{
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        const char *status = text_of(test, "status");
        if (name ? strcmp(text_of(test, "name"), name) == 0
                 : strcmp(status, "failed") == 0 || strcmp(status, "error") == 0)
            return test;
    }
    return NULL;
}

static bool test_caught(const struct expectation *expected, const json_t *test,
                        char *why)
{
    if (!test) {
        snprintf(why, TEXT_SIZE, "there is no test \"%.500s\"", expected->caught_by);
    } else if (strcmp(text_of(test, "status"), "failed") != 0) {
        snprintf(why, TEXT_SIZE, "\"%.300s\" %.50s: %.500s", expected->caught_by,
                 text_of(test, "status"), text_of(test, "message"));
    } else if (!strstr(text_of(test, "message"), expected->says)) {
        snprintf(why, TEXT_SIZE, "the message does not say \"%.200s\": %.700s",
                 expected->says, text_of(test, "message"));
    } else {
        return true;
    }
    return false;
}

static bool nothing_failed(const json_t *exercise, char *why)
{
    const json_t *test = test_find(exercise, NULL);
    if (test)
        snprintf(why, TEXT_SIZE, "\"%.200s\" %.50s: %.700s", text_of(test, "name"),
                 text_of(test, "status"), text_of(test, "message"));
    return !test;
}

static bool build_failed(const struct expectation *expected, const json_t *exercise,
                         char *why)
{
    const json_t *build = json_object_get(exercise, "build");
    const char *message = text_of(build, "message");
    if (strcmp(text_of(build, "status"), "ok") != 0 &&
        strstr(message, expected->says))
        return true;
    snprintf(why, TEXT_SIZE, "the build: %.50s %.900s", text_of(build, "status"),
             message);
    return false;
}

static bool points_right(const struct expectation *expected, const json_t *exercise,
                         char *why)
{
    double points = json_number_value(json_object_get(exercise, "points")) +
                    json_number_value(json_object_get(exercise, "pending_points"));
    if (isnan(expected->points) || fabs(points - expected->points) < 0.01)
        return true;
    snprintf(why, TEXT_SIZE, "%.1f points with the pending ones, %.1f expected",
             points, expected->points);
    return false;
}

static bool verdict_right(const struct expectation *expected, const json_t *exercise,
                          char *why)
{
    bool is_right;
    if (strcmp(expected->caught_by, "build") == 0)
        is_right = build_failed(expected, exercise, why);
    else if (strcmp(expected->caught_by, "nothing") == 0)
        is_right = nothing_failed(exercise, why);
    else
        is_right =
            test_caught(expected, test_find(exercise, expected->caught_by), why);
    return is_right && points_right(expected, exercise, why);
}

static bool file_check(const char *root, const char *judge, const char *output,
                       const char *file, struct expectation *expected, char *why)
{
    struct submission submission;
    if (!expectation_read(file, expected) ||
        !submission_name(&submission, output, file)) {
        snprintf(why, TEXT_SIZE, "it does not say what it expects");
        return false;
    }
    json_t *results =
        submission_lay(&submission)
            ? submission_judge(&submission, root, judge, expected->with_speed)
            : NULL;
    const json_t *exercise =
        json_array_get(json_object_get(results, "exercises"), 0);
    if (!exercise) snprintf(why, TEXT_SIZE, "the judge gave no results");
    bool is_right = exercise && verdict_right(expected, exercise, why);
    json_decref(results);
    return is_right;
}

int main(int count, char *values[])
{
    int failed = 0;
    if (count < 5) {
        fprintf(stderr, "usage: matrix ROOT JUDGE OUTPUT FILE...\n");
        return 2;
    }
    for (int i = 4; i < count; i++) {
        struct expectation expected;
        char why[TEXT_SIZE] = "";
        bool is_right =
            file_check(values[1], values[2], values[3], values[i], &expected, why);
        printf("%s %d - %s: %s\n", is_right ? "ok" : "not ok", i - 3, values[i],
               expected.caught_by);
        if (!is_right) printf("#   %s\n", why);
        fflush(stdout);
        failed += !is_right;
    }
    printf("1..%d\n", count - 4);
    return failed != 0;
}
