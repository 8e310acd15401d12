// A worksheet as Moodle's offline grading takes it: it finds people by "Participant 123", and
// asks for the columns Identifier, Grade and Last modified (grade) by these names. "ID number"
// serves the import into Moodle's gradebook.

#include "grade/csv.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "grade/text.h"
#include <stdlib.h>

static const char *const columns[] = {"Identifier",       "Full name",
                                      "ID number",        "Grade",
                                      "Maximum Grade",    "Last modified (grade)",
                                      "Feedback comments"};

// The advice on all exercises in one text; the caller's (free).
static char *comments(const struct course *course, const json_t *result)
{
    char *all = text_format("%s", "");
    for (unsigned i = 0; i < course->workbook.count; i++) {
        const char *id = course->workbook.exercises[i].id;
        const json_t *exercise = result_exercise(result, id);
        char *advice = report_advice(exercise),
             *verdicts = report_verdicts(exercise);
        char *longer = text_format("%s%s%s: %s%s%s", all, i ? "\n" : "", id,
                                   verdicts, *advice ? "\n" : "", advice);
        free(all);
        free(advice);
        free(verdicts);
        all = longer;
    }
    return all;
}

static void row_put(struct csv_writer *writer, const struct course *course,
                    const struct submission *submission, const json_t *result)
{
    char *identifier = submission->is_moodle
                           ? text_format("Participant %s", submission->number)
                           : text_format("%s", "");
    char *said = comments(course, result);
    csv_put(writer, identifier);
    csv_put(writer, *submission->name ? submission->name : submission->id);
    csv_put(writer, submission->id);
    csv_put_number(writer, report_points(course, result));
    csv_put_number(writer, result_number(result, "max_points"));
    csv_put(writer, "");
    csv_put(writer, said);
    csv_end_row(writer);
    free(said);
    free(identifier);
}

int moodle_csv_write(const struct course *course)
{
    struct report_file file;
    int status = report_open(&file, course, "moodle.csv");
    if (status) return status;
    struct csv_writer writer = {.file = file.stream, .delimiter = ','};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++)
        csv_put(&writer, columns[i]);
    csv_end_row(&writer);
    for (size_t i = 0; i < course->submissions.count; i++) {
        json_t *result = result_load(course, course->submissions.all[i]);
        if (result) row_put(&writer, course, course->submissions.all[i], result);
        json_decref(result);
    }
    return report_close(&file);
}
