// Gradescope's results.json, one a person: a score, and an object a test. A test that is neither
// passed nor failed has no status there.

#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "grade/text.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static json_t *points_json(double points)
{
    return json_real(round(10 * points) / 10);
}

static json_t *test_object(const struct course *course, const json_t *exercise,
                           const json_t *test)
{
    const char *status = result_text(test, "status");
    char *name =
        text_format("%s %s", result_text(exercise, "id"), result_text(test, "name"));
    char *output = report_printable(result_text(test, "message"));
    json_t *object =
        json_pack("{s:s, s:o, s:o, s:s, s:s, s:s}", "name", name, "score",
                  points_json(report_points(course, test)), "max_score",
                  points_json(result_number(test, "max_points")), "output", output,
                  "output_format", "text", "visibility", "visible");
    if (strcmp(status, "passed") == 0 || strcmp(status, "failed") == 0)
        json_object_set_new(object, "status", json_string(status));
    free(name);
    free(output);
    return object;
}

static json_t *tests_array(const struct course *course, const json_t *result)
{
    json_t *tests = json_array();
    size_t index, number;
    const json_t *exercise, *test;
    json_array_foreach(json_object_get(result, "exercises"), index, exercise)
    {
        json_array_foreach(json_object_get(exercise, "tests"), number, test)
        {
            json_array_append_new(tests, test_object(course, exercise, test));
        }
    }
    return tests;
}

// What stands above the tests: files that were missing or did not compile.
static char *headline(const struct course *course, const json_t *result)
{
    double pending = result_number(result, "pending_points");
    char *text =
        pending > 0 ? text_format("%.10g points are pending%s: this machine could "
                                  "not decide them.\n",
                                  pending, course->grants_pending ? ", counted" : "")
                    : text_format("%s", "");
    size_t index;
    const json_t *exercise;
    json_array_foreach(json_object_get(result, "exercises"), index, exercise)
    {
        const json_t *build = json_object_get(exercise, "build");
        if (strcmp(result_text(build, "status"), "ok") == 0) continue;
        char *said = report_printable(result_text(build, "message"));
        char *longer =
            text_format("%s%s: %s\n", text, result_text(exercise, "id"), said);
        free(said);
        free(text);
        text = longer;
    }
    return text;
}

static int person_write(const struct course *course,
                        const struct submission *submission, const json_t *result)
{
    struct report_file file;
    int status = report_open_for(&file, course, "gradescope", submission, ".json");
    if (status) return status;
    char *output = headline(course, result);
    json_t *object = json_pack("{s:o, s:s, s:s, s:s, s:s, s:o}", "score",
                               points_json(report_points(course, result)), "output",
                               output, "output_format", "text", "visibility",
                               "visible", "stdout_visibility", "hidden", "tests",
                               tests_array(course, result));
    int dumped =
        json_dumpf(object, file.stream, JSON_INDENT(1) | JSON_REAL_PRECISION(12));
    status = report_close(&file);
    json_decref(object);
    free(output);
    return dumped ? -EIO : status;
}

int gradescope_write(const struct course *course)
{
    int status = 0;
    for (size_t i = 0; i < course->submissions.count && !status; i++) {
        json_t *result = result_load(course, course->submissions.all[i]);
        if (result)
            status = person_write(course, course->submissions.all[i], result);
        json_decref(result);
    }
    return status;
}
