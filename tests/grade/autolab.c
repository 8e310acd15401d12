// Autolab reads the last line of what an autograder prints: the scores, a problem each.

#include "grade/feedback.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>

static int scores_print(FILE *stream, const struct course *course,
                        const json_t *result)
{
    json_t *scores = json_object();
    for (unsigned i = 0; i < course->workbook.count; i++) {
        const char *id = course->workbook.exercises[i].id;
        double points = report_points(course, result_exercise(result, id));
        json_object_set_new(scores, id, json_real(round(10 * points) / 10));
    }
    json_t *line = json_pack("{s:o}", "scores", scores);
    char *text = json_dumps(line, JSON_REAL_PRECISION(12));
    json_decref(line);
    if (!text) return -ENOMEM;
    fprintf(stream, "%s\n", text);
    free(text);
    return 0;
}

int autolab_write(const struct course *course)
{
    int status = 0;
    for (size_t i = 0; i < course->submissions.count && !status; i++) {
        const struct submission *submission = course->submissions.all[i];
        struct report_file file;
        json_t *result = result_load(course, submission);
        if (!result) continue;
        status = report_open_for(&file, course, "autolab", submission, ".txt");
        if (!status) {
            feedback_print(file.stream, course, result);
            int printed = scores_print(file.stream, course, result);
            status = report_close(&file);
            if (printed) status = printed;
        }
        json_decref(result);
    }
    return status;
}
