// One row for each person and exercise. Pending points have a column of their own, whatever
// becomes of them in the points.

#include "grade/csv.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include <stdlib.h>

static const char *const columns[] = {
    "id",         "name",     "exercise",  "points", "pending_points",
    "max_points", "verdicts", "isolation", "flags",  "feedback"};

static void exercise_put(struct csv_writer *writer, const struct course *course,
                         const json_t *exercise)
{
    char *verdicts = report_verdicts(exercise);
    csv_put_number(writer, report_points(course, exercise));
    csv_put_number(writer, result_number(exercise, "pending_points"));
    csv_put_number(writer, result_number(exercise, "max_points"));
    csv_put(writer, verdicts);
    free(verdicts);
}

static void row_put(struct csv_writer *writer, const struct course *course,
                    const struct submission *submission, const json_t *result,
                    const char *id)
{
    const json_t *exercise = result_exercise(result, id);
    char *flags = report_flags(course, submission, result);
    char *advice = report_advice(exercise);
    csv_put(writer, submission->id);
    csv_put(writer, submission->name);
    csv_put(writer, id);
    if (exercise) {
        exercise_put(writer, course, exercise);
    } else {
        for (int i = 0; i < 3; i++) csv_put(writer, "");
        csv_put(writer, "not graded");
    }
    csv_put(writer, result_text(result, "isolation"));
    csv_put(writer, flags);
    csv_put(writer, exercise ? advice : "");
    csv_end_row(writer);
    free(advice);
    free(flags);
}

int grades_csv_write(const struct course *course)
{
    struct report_file file;
    int status = report_open(&file, course, "grades.csv");
    if (status) return status;
    struct csv_writer writer = {.file = file.stream, .delimiter = ','};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++)
        csv_put(&writer, columns[i]);
    csv_end_row(&writer);
    for (size_t i = 0; i < course->submissions.count; i++) {
        const struct submission *submission = course->submissions.all[i];
        json_t *result = result_load(course, submission);
        for (unsigned k = 0; k < course->workbook.count; k++)
            row_put(&writer, course, submission, result,
                    course->workbook.exercises[k].id);
        json_decref(result);
    }
    return report_close(&file);
}
