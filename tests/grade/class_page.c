// One HTML file for the whole class: class_page.html, and in it everybody's results as JSON, which
// its script shows.

#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "grade/similar_object.h"
#include "grade/text.h"
#include "judge/web_page.h"
#include <math.h>
#include <stdlib.h>

static json_t *points_json(double points)
{
    return json_real(round(10 * points) / 10);
}

static json_t *exercise_object(const struct course *course, const json_t *exercise)
{
    static const char *const kept[] = {"id",    "title", "source_hash",
                                       "build", "tests", "speed"};
    json_t *object = json_object();
    for (unsigned i = 0; i < sizeof kept / sizeof *kept; i++)
        json_object_set(object, kept[i], json_object_get(exercise, kept[i]));
    json_object_set_new(object, "points",
                        points_json(report_points(course, exercise)));
    json_object_set_new(object, "pending",
                        points_json(result_number(exercise, "pending_points")));
    json_object_set_new(object, "max_points",
                        points_json(result_number(exercise, "max_points")));
    return object;
}

static json_t *exercises_array(const struct course *course, const json_t *result)
{
    json_t *exercises = json_array();
    for (unsigned i = 0; i < course->workbook.count; i++) {
        const json_t *exercise =
            result_exercise(result, course->workbook.exercises[i].id);
        if (exercise)
            json_array_append_new(exercises, exercise_object(course, exercise));
    }
    return exercises;
}

static json_t *person_object(const struct course *course,
                             const struct submission *submission,
                             const json_t *result)
{
    const json_t *machine = json_object_get(result, "machine");
    char *flags = report_flags(course, submission, result);
    char *told = text_format(
        "%lld processors, %s %s, %s", (long long)result_number(machine, "cpus"),
        result_text(machine, "system"), result_text(machine, "release"),
        result_text(machine, "architecture"));
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:s, s:s, s:o, s:o}", "id",
        submission->id, "name", submission->name, "flags", flags, "graded",
        result != NULL, "points", points_json(report_points(course, result)),
        "pending", points_json(result_number(result, "pending_points")), "most",
        points_json(result_number(result, "max_points")), "isolation",
        result_text(result, "isolation"), "machine", told, "seed",
        json_integer(json_integer_value(json_object_get(result, "seed"))),
        "exercises", exercises_array(course, result));
    free(told);
    free(flags);
    return object;
}

// The exercises with what they are worth, as any result tells.
static json_t *worth_object(const struct course *course, const json_t *result)
{
    json_t *exercises = json_array();
    for (unsigned i = 0; i < course->workbook.count; i++) {
        const struct workbook_exercise *exercise = &course->workbook.exercises[i];
        const json_t *graded = result_exercise(result, exercise->id);
        json_array_append_new(
            exercises, json_pack("{s:s, s:s, s:o}", "id", exercise->id, "title",
                                 result_text(graded, "title"), "most",
                                 points_json(result_number(graded, "max_points"))));
    }
    return json_pack("{s:o, s:o, s:b}", "exercises", exercises, "most",
                     points_json(result_number(result, "max_points")),
                     "grants_pending", course->grants_pending);
}

static json_t *any_result(const struct course *course)
{
    json_t *result = NULL;
    for (size_t i = 0; i < course->submissions.count && !result; i++)
        result = result_load(course, course->submissions.all[i]);
    return result;
}

// {"class": ..., "similar": ..., "people": [...]}, a person at a time.
static int data_put(FILE *stream, const void *context)
{
    const struct course *course = context;
    json_t *any = any_result(course);
    fputs("{\"class\":", stream);
    int status = web_page_put_json(stream, worth_object(course, any));
    fputs(",\"similar\":", stream);
    if (!status) status = web_page_put_json(stream, similar_object(course));
    fputs(",\"people\":[", stream);
    for (size_t i = 0; i < course->submissions.count && !status; i++) {
        const struct submission *submission = course->submissions.all[i];
        json_t *result = result_load(course, submission);
        if (i) fputs(",\n", stream);
        status =
            web_page_put_json(stream, person_object(course, submission, result));
        json_decref(result);
    }
    fputs("]}", stream);
    json_decref(any);
    return status;
}

int class_page_write(const struct course *course)
{
    struct report_file file;
    int status = report_open(&file, course, "class.html");
    if (status) return status;
    int put = web_page_write(file.stream, course->root,
                             "tests/grade/class_page.html", data_put, course);
    status = report_close(&file);
    return put ? put : status;
}
