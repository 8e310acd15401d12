#include "grade/result.h"
#include "grade/text.h"
#include "judge/durable_file.h"
#include "judge/json_file.h"
#include "judge/trouble.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *result_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

double result_number(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

const json_t *result_exercise(const json_t *result, const char *id)
{
    size_t index;
    const json_t *exercise;
    json_array_foreach(json_object_get(result, "exercises"), index, exercise)
    {
        if (strcmp(result_text(exercise, "id"), id) == 0) return exercise;
    }
    return NULL;
}

json_t *result_load(const struct course *course, const struct submission *submission)
{
    char *path = course_path(course, "results", submission, ".json");
    json_t *result = json_file_read(path);
    if (!result) trouble_look();
    free(path);
    if (json_is_object(json_object_get(result, "grading"))) return result;
    json_decref(result);
    return NULL;
}

// Has the judge seen the very files that were taken in?
static bool is_of_files(const json_t *result, const struct course *course,
                        const struct submission *submission)
{
    for (unsigned i = 0; i < course->workbook.count; i++) {
        const json_t *exercise =
            result_exercise(result, course->workbook.exercises[i].id);
        if (!exercise || strcmp(result_text(exercise, "source_hash"),
                                submission->files[i].hash) != 0)
            return false;
    }
    return true;
}

// Of a missing file the judge knows only that it is missing, and a path that says nothing.
static void reasons_tell(json_t *result, const struct course *course,
                         const struct submission *submission)
{
    for (unsigned i = 0; i < course->workbook.count; i++) {
        const char *reason = submission->files[i].reason;
        const json_t *exercise =
            result_exercise(result, course->workbook.exercises[i].id);
        json_t *build = json_object_get(exercise, "build");
        if (reason) json_object_set_new(build, "message", json_string(reason));
    }
}

int result_store(const struct course *course, const struct submission *submission,
                 json_t *result)
{
    if (strcmp(result_text(result, "isolation"), "none") == 0) return -EPERM;
    if (!is_of_files(result, course, submission)) return -ESTALE;
    reasons_tell(result, course, submission);
    json_object_set_new(result, "submission", json_string(submission->id));
    json_t *grading = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:b, s:s}", "id", submission->id, "name",
        submission->name, "label", submission->label, "grader", course->grader,
        "points", course->points, "quick", course->is_quick, "round", course->round);
    if (!grading || json_object_set_new(result, "grading", grading)) return -ENOMEM;
    char *path = course_path(course, "results", submission, ".json");
    int status = durable_json_write(path, result, 1);
    free(path);
    return status;
}

bool result_is_of(const json_t *result, const struct course *course,
                  const struct submission *submission)
{
    const json_t *grading = json_object_get(result, "grading");
    return strcmp(result_text(grading, "grader"), course->grader) == 0 &&
           is_of_files(result, course, submission);
}

bool result_is_whole(const json_t *result, const struct course *course)
{
    const json_t *grading = json_object_get(result, "grading");
    bool was_quick = json_is_true(json_object_get(grading, "quick"));
    return strcmp(result_text(grading, "points"), course->points) == 0 &&
           (course->is_quick || !was_quick);
}

static bool test_is_open(const json_t *test, bool is_quick)
{
    const char *status = result_text(test, "status"),
               *kind = result_text(test, "kind");
    bool is_left_out =
        strcmp(kind, "gate") != 0 && strcmp(kind, "concurrency") != 0 && is_quick;
    bool is_pending = strcmp(status, "pending") == 0 || strcmp(status, "error") == 0;
    bool is_part = strcmp(kind, "speed") == 0 && strcmp(status, "passed") == 0 &&
                   result_number(test, "pending_points") > 0;
    return !is_left_out && (is_pending || is_part);
}

bool result_is_open(const json_t *result, bool is_quick)
{
    size_t index, number;
    const json_t *exercise, *test;
    json_array_foreach(json_object_get(result, "exercises"), index, exercise)
    {
        json_array_foreach(json_object_get(exercise, "tests"), number, test)
        {
            if (test_is_open(test, is_quick)) return true;
        }
    }
    return false;
}
