// Makes all formats from results that a test wrote: OUT/results/*.json, of people whose labels
// stand in OUT/labels, each ended by a NUL. Where there is OUT/sources/, what is in it is compared.
//
//     class_tool ROOT OUT [CANVAS_EXPORT [COLUMN]]

#include "grade/formats.h"
#include "grade/platform_name.h"
#include "grade/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void labels_read(struct submissions *submissions, const char *out)
{
    char *path = text_format("%s/labels", out), *label = NULL;
    struct platform_name name;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    while (file && getdelim(&label, &room, '\0', file) > 0) {
        bool is_platforms = platform_name_read(label, &name);
        struct submission *submission =
            is_platforms
                ? submissions_at(submissions, label, name.person, name.number)
                : submissions_at(submissions, label, "", NULL);
        submission->is_moodle = is_platforms && name.is_moodle;
    }
    if (file) fclose(file);
    free(label);
    free(path);
}

static void sources_compare(struct course *course)
{
    char *sources = text_format("%s/sources", course->out);
    if (access(sources, F_OK) == 0)
        similar_find(&course->similar, course);
    else
        similar_leave_out(&course->similar, "nothing was handed in");
    free(sources);
}

int main(int count, char *words[])
{
    static struct course course;
    if (count < 3) return 2;
    course = (struct course){.root = words[1],
                             .out = words[2],
                             .jobs = 2,
                             .canvas = count > 3 ? words[3] : NULL,
                             .canvas_column = count > 4 ? words[4] : NULL};
    if (workbook_read(&course.workbook, words[1], NULL)) return 2;
    submissions_init(&course.submissions);
    labels_read(&course.submissions, words[2]);
    submissions_settle(&course.submissions);
    sources_compare(&course);
    return grades_csv_write(&course) || similar_csv_write(&course) ||
           canvas_csv_write(&course) || moodle_csv_write(&course) ||
           gradescope_write(&course) || autolab_write(&course) ||
           junit_write(&course) || feedback_write(&course) ||
           class_page_write(&course);
}
