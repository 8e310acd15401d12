#include "grade/report.h"
#include "grade/result.h"
#include "grade/text.h"
#include "judge/durable_file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int file_begin(struct report_file *file, char *path)
{
    *file = (struct report_file){.path = path};
    file->stream = open_memstream(&file->bytes, &file->size);
    if (file->stream) return 0;
    int status = -errno;
    free(path);
    return status;
}

int report_open(struct report_file *file, const struct course *course,
                const char *name)
{
    return file_begin(file, text_format("%s/%s", course->out, name));
}

int report_open_for(struct report_file *file, const struct course *course,
                    const char *folder, const struct submission *submission,
                    const char *end)
{
    char *path = text_format("%s/%s", course->out, folder);
    int status = durable_folder_make(path);
    free(path);
    return status ? status
                  : file_begin(file, course_path(course, folder, submission, end));
}

int report_close(struct report_file *file)
{
    bool is_lost = ferror(file->stream); // closing alone does not say so
    int status = fclose(file->stream) || is_lost ? -ENOMEM : 0;
    if (!status) status = durable_file_write(file->path, file->bytes, file->size);
    free(file->bytes);
    free(file->path);
    return status;
}

double report_points(const struct course *course, const json_t *object)
{
    return result_number(object, "points") +
           (course->grants_pending ? result_number(object, "pending_points") : 0);
}

char *report_flags(const struct course *course, const struct submission *submission,
                   const json_t *result)
{
    char *flags = text_format("%s", submission->flags);
    if (!result) {
        text_add(&flags, "not graded");
        return flags;
    }
    if (!result_is_of(result, course, submission))
        text_add(&flags, "the result is of other files, or of an earlier grader");
    if (strcmp(result_text(result, "isolation"), "full") != 0) {
        char *flag = text_format("isolation %s", result_text(result, "isolation"));
        text_add(&flags, flag);
        free(flag);
    }
    return flags;
}

static char *counts_tell(const json_t *tests)
{
    static const char *const statuses[] = {"passed", "failed", "skipped", "pending",
                                           "error"};
    char *text = text_format("%s", "");
    for (unsigned i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        size_t index, count = 0;
        const json_t *test;
        json_array_foreach(tests, index, test)
        {
            count += strcmp(result_text(test, "status"), statuses[i]) == 0;
        }
        if (!count) continue;
        char *longer =
            text_format("%s%s%s %zu", text, *text ? ", " : "", statuses[i], count);
        free(text);
        text = longer;
    }
    return text;
}

char *report_verdicts(const json_t *exercise)
{
    size_t index;
    const json_t *speed;
    const char *build = result_text(json_object_get(exercise, "build"), "status");
    if (strcmp(build, "ok") != 0)
        return text_format("%s",
                           strcmp(build, "failed") ? "missing" : "build failed");
    char *text = counts_tell(json_object_get(exercise, "tests"));
    json_array_foreach(json_object_get(exercise, "speed"), index, speed)
    {
        char *verdict = text_format("%s %s", result_text(speed, "test"),
                                    result_text(speed, "verdict"));
        text_add(&text, verdict);
        free(verdict);
    }
    return text;
}

static void advice_add(char **advice, const char *name, const char *message)
{
    char *longer =
        text_format("%s%s%s: %s", *advice, **advice ? "\n" : "", name, message);
    free(*advice);
    *advice = longer;
}

char *report_advice(const json_t *exercise)
{
    size_t index;
    const json_t *test, *build = json_object_get(exercise, "build");
    char *advice = text_format("%s", "");
    if (strcmp(result_text(build, "status"), "ok") != 0) {
        advice_add(&advice, "build", result_text(build, "message"));
    } else {
        json_array_foreach(json_object_get(exercise, "tests"), index, test)
        {
            if (strcmp(result_text(test, "status"), "failed") == 0)
                advice_add(&advice, result_text(test, "name"),
                           result_text(test, "message"));
        }
    }
    char *printable = report_printable(advice);
    free(advice);
    return printable;
}

char *report_printable(const char *text)
{
    char *copy = text_format("%s", text);
    for (char *at = copy; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if ((byte < 32 && byte != '\n' && byte != '\t') || byte == 127) *at = '?';
    }
    return copy;
}
