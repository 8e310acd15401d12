// One HTML file for the whole class: class_page.html, and in it everybody's results as JSON, which
// its script shows. In a script element only "<" could end or change anything, so none is left.

#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "grade/text.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char PLACE[] = "@DATA@";

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

// Puts JSON where no text of it can be markup: every "<" is written as an escape of JSON.
static int json_put(FILE *stream, json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(object);
    if (!text) return -ENOMEM;
    for (const char *at = text; *at; at++)
        if (*at == '<')
            fputs("\\u003c", stream);
        else
            fputc(*at, stream);
    free(text);
    return 0;
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

// {"class": ..., "people": [...]}, a person at a time.
static int data_put(FILE *stream, const struct course *course)
{
    json_t *any = any_result(course);
    fputs("{\"class\":", stream);
    int status = json_put(stream, worth_object(course, any));
    fputs(",\"people\":[", stream);
    for (size_t i = 0; i < course->submissions.count && !status; i++) {
        const struct submission *submission = course->submissions.all[i];
        json_t *result = result_load(course, submission);
        if (i) fputs(",\n", stream);
        status = json_put(stream, person_object(course, submission, result));
        json_decref(result);
    }
    fputs("]}", stream);
    json_decref(any);
    return status;
}

static char *template_read(const struct course *course)
{
    char *path = text_format("%s/tests/grade/class_page.html", course->root);
    FILE *file = fopen(path, "re");
    char *page = NULL;
    size_t room = 0;
    free(path);
    if (!file) return NULL;
    if (getdelim(&page, &room, '\0', file) < 0) {
        free(page);
        page = NULL;
    }
    fclose(file);
    return page;
}

int class_page_write(const struct course *course)
{
    struct report_file file;
    char *page = template_read(course);
    char *place = page ? strstr(page, PLACE) : NULL;
    int status = place ? report_open(&file, course, "class.html") : -EINVAL;
    if (!status) {
        fwrite(page, 1, (size_t)(place - page), file.stream);
        int put = data_put(file.stream, course);
        fputs(place + strlen(PLACE), file.stream);
        status = report_close(&file);
        if (put) status = put;
    }
    free(page);
    return status;
}
