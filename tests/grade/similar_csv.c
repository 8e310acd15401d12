// Pairs of submissions that are alike, those to look at first: a row a pair, with what it has to
// be compared with, the class's median pair.

#include "grade/csv.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/text.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const columns[] = {"exercise",
                                      "id",
                                      "other_id",
                                      "likeness_percent",
                                      "class_median_percent",
                                      "rank",
                                      "own_words",
                                      "other_words",
                                      "compared"};

static void row_put(struct csv_writer *writer, const struct course *course,
                    const struct similar_pair *pair)
{
    const struct similar_exercise *exercise =
        &course->similar.exercises[pair->exercise];
    csv_put(writer, course->workbook.exercises[pair->exercise].id);
    csv_put(writer, course->submissions.all[pair->a]->id);
    csv_put(writer, course->submissions.all[pair->b]->id);
    csv_put_number(writer, round(10 * pair->likeness) / 10);
    csv_put_number(writer, exercise->median);
    csv_put_number(writer, round(1000 * pair->rank) / 1000);
    csv_put_number(writer, (double)pair->words_a);
    csv_put_number(writer, (double)pair->words_b);
    csv_put_number(writer, (double)exercise->compared);
    csv_end_row(writer);
}

int similar_csv_write(const struct course *course)
{
    struct report_file file;
    if (course->similar.reason) { // an old file would be taken for today's
        char *path = text_format("%s/similar.csv", course->out);
        int status = unlink(path) < 0 && errno != ENOENT ? -errno : 0;
        free(path);
        return status;
    }
    int status = report_open(&file, course, "similar.csv");
    if (status) return status;
    struct csv_writer writer = {.file = file.stream, .delimiter = ','};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++)
        csv_put(&writer, columns[i]);
    csv_end_row(&writer);
    for (size_t i = 0; i < course->similar.count; i++)
        row_put(&writer, course, &course->similar.pairs[i]);
    return report_close(&file);
}
