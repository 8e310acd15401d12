#include "grade/feedback.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include <stdlib.h>
#include <string.h>

// Prints text with an indent before each of its lines.
static void indented_print(FILE *stream, const char *text)
{
    char *printable = report_printable(text);
    for (const char *line = printable; *line;) {
        int length = (int)strcspn(line, "\n");
        fprintf(stream, "            %.*s\n", length, line);
        line += length + (line[length] == '\n');
    }
    free(printable);
}

static void test_print(FILE *stream, const json_t *test, bool is_told)
{
    const char *status = result_text(test, "status");
    double points = result_number(test, "points");
    double pending = result_number(test, "pending_points");
    double most = result_number(test, "max_points");
    bool waits = strcmp(status, "passed") == 0 && points == 0 && most > 0;
    fprintf(stream, "  %-8s %4.1f of %4.1f  %s", waits ? "waits" : status, points,
            most, result_text(test, "name"));
    if (pending > 0) fprintf(stream, "  (%.1f pending)", pending);
    fputc('\n', stream);
    if (is_told) indented_print(stream, result_text(test, "message"));
}

static void exercise_print(FILE *stream, const json_t *exercise)
{
    const json_t *test, *build = json_object_get(exercise, "build");
    const char *before = "";
    size_t index;
    fprintf(stream, "%s %s: %.10g of %.10g points", result_text(exercise, "id"),
            result_text(exercise, "title"), result_number(exercise, "points"),
            result_number(exercise, "max_points"));
    double pending = result_number(exercise, "pending_points");
    if (pending > 0) fprintf(stream, ", %.10g pending", pending);
    fputc('\n', stream);
    if (strcmp(result_text(build, "status"), "ok") != 0) {
        indented_print(stream, result_text(build, "message"));
        return;
    }
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        const char *message = result_text(test, "message");
        test_print(stream, test, strcmp(message, before) != 0);
        before = message;
    }
}

void feedback_print(FILE *stream, const struct course *course, const json_t *result)
{
    size_t index;
    const json_t *exercise;
    json_array_foreach(json_object_get(result, "exercises"), index, exercise)
    {
        exercise_print(stream, exercise);
        fputc('\n', stream);
    }
    double pending = result_number(result, "pending_points");
    fprintf(stream, "grade: %.10g of %.10g", report_points(course, result),
            result_number(result, "max_points"));
    if (pending > 0)
        fprintf(stream, ", %.10g pending%s", pending,
                course->grants_pending ? " (counted)" : "");
    fputc('\n', stream);
}

int feedback_write(const struct course *course)
{
    int status = 0;
    for (size_t i = 0; i < course->submissions.count && !status; i++) {
        const struct submission *submission = course->submissions.all[i];
        struct report_file file;
        json_t *result = result_load(course, submission);
        if (!result) continue;
        status = report_open_for(&file, course, "feedback", submission, ".txt");
        if (!status) {
            fprintf(file.stream, "%s\n\n", submission->id);
            feedback_print(file.stream, course, result);
            status = report_close(&file);
        }
        json_decref(result);
    }
    return status;
}
