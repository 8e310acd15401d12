#include "mutants/comparison.h"
#include "judge/table.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = 3 };

static const json_t *exercise_of(const json_t *results)
{
    return json_array_get(json_object_get(results, "exercises"), 0);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static double number_of(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static bool has_failed(const json_t *test)
{
    const char *status = text_of(test, "status");
    return strcmp(status, "failed") == 0 || strcmp(status, "error") == 0;
}

// NULL when there is no test of that name.
static const json_t *test_find(const json_t *exercise, const char *name)
{
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        if (strcmp(text_of(test, "name"), name) == 0) return test;
    }
    return NULL;
}

// ---- which tests fail

static bool test_caught(const struct expectation *expected, const json_t *test,
                        char *why)
{
    if (test && expected->may_pend &&
        strcmp(text_of(test, "status"), "pending") == 0)
        return true;
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

// No test may fail; but for that of the name `except`, if it is not NULL.
static bool others_passed(const json_t *exercise, const char *except, char *why)
{
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        const char *name = text_of(test, "name");
        if (!has_failed(test) || (except && strcmp(name, except) == 0)) continue;
        snprintf(why, TEXT_SIZE, "\"%.200s\" %.50s: %.700s", name,
                 text_of(test, "status"), text_of(test, "message"));
        return false;
    }
    return true;
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

static bool tests_right(const struct expectation *expected, const json_t *exercise,
                        char *why)
{
    const char *name = expected->caught_by;
    if (strcmp(name, "build") == 0) return build_failed(expected, exercise, why);
    if (strcmp(name, "nothing") == 0) return others_passed(exercise, NULL, why);
    const json_t *test = test_find(exercise, name);
    return test_caught(expected, test, why) &&
           (!expected->is_alone || others_passed(exercise, name, why));
}

static bool points_right(const struct expectation *expected, const json_t *exercise,
                         char *why)
{
    double points = number_of(exercise, "points");
    if (!expected->may_pend) points += number_of(exercise, "pending_points");
    if (isnan(expected->points) || fabs(points - expected->points) < 0.01)
        return true;
    snprintf(why, TEXT_SIZE, "%.1f points with the pending ones, %.1f expected",
             points, expected->points);
    return false;
}

// ---- what they say

// The rows that the table makes of a message, without a picture of r below it.
static unsigned message_rows(const char *message)
{
    const char *picture = strstr(message, "\nr  ");
    const char *end = picture ? picture : message + strlen(message);
    unsigned rows = 1;
    size_t column = 0;
    for (const char *word = message; word < end;) {
        size_t length = strcspn(word, " \n");
        if (column && column + 1 + length > TABLE_TEXT_WIDTH) {
            rows++;
            column = 0;
        }
        column += length + (column > 0);
        word += length;
        if (word < end && *word == '\n') {
            rows++;
            column = 0;
        }
        word++;
    }
    return rows;
}

static bool message_right(const json_t *test, char *why)
{
    static const char *const foreign[] = {"/tmp/", "/build/", "tests/", "==", "!="};
    const char *message = text_of(test, "message");
    unsigned rows = message_rows(message);
    if (rows > ROWS)
        snprintf(why, TEXT_SIZE, "%u rows are too many: %.900s", rows, message);
    for (unsigned i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (strstr(message, foreign[i]))
            snprintf(why, TEXT_SIZE, "\"%s\" is nothing for a student: %.900s",
                     foreign[i], message);
    return *why == '\0';
}

static bool messages_right(const json_t *exercise, char *why)
{
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        if (has_failed(test) && !message_right(test, why)) return false;
    }
    return true;
}

static bool isolation_right(const json_t *results, const char *box, char *why)
{
    const char *isolation = text_of(results, "isolation");
    if (!box || strcmp(box + strlen("box="), isolation) == 0) return true;
    snprintf(why, TEXT_SIZE, "judged in the box \"%.50s\"", isolation);
    return false;
}

bool results_right(const struct expectation *expected, const json_t *results,
                   const char *box, char why[TEXT_SIZE])
{
    const json_t *exercise = exercise_of(results);
    *why = '\0';
    if (!exercise) snprintf(why, TEXT_SIZE, "the judge gave no results");
    return exercise && isolation_right(results, box, why) &&
           tests_right(expected, exercise, why) &&
           points_right(expected, exercise, why) &&
           (!expected->is_student || messages_right(exercise, why));
}

bool results_open(const struct expectation *expected, const json_t *results)
{
    const json_t *exercise = exercise_of(results);
    double points = number_of(exercise, "points");
    char why[TEXT_SIZE] = "";
    if (points > expected->points + 0.01) return false;
    if (expected->is_student && !messages_right(exercise, why)) return false;
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        bool is_asked = strcmp(text_of(test, "kind"), "concurrency") == 0 ||
                        strcmp(text_of(test, "name"), expected->caught_by) == 0;
        if (is_asked && number_of(test, "pending_points") > 0) return true;
    }
    return false;
}
