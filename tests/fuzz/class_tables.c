// A roster and a gradebook, as platforms and people export them: ids are found, the gradebook
// filled in, and no cell of it lost.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "fuzz/shared/parts.h"
#include "fuzz/shared/scratch.h"
#include "grade/csv.h"
#include "grade/formats.h"
#include "grade/roster.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char result[] = "{\"points\": 7.5, \"max_points\": 10, \"grading\": "
                             "{}, \"exercises\": [{\"id\": "
                             "\"7.1\", \"points\": 7.5, \"max_points\": 10}]}";

static void people_add(struct submissions *submissions)
{
    submissions_init(submissions);
    submissions_at(submissions, "smithann", "smithann", "12");
    submissions_at(submissions, "Bob Ng", "", NULL);
    submissions_at(submissions, "\xc3\x89 caf\xe9", "", NULL);
}

// Everybody has a result.
static void results_store(const struct course *course)
{
    char path[4300];
    snprintf(path, sizeof path, "%s/results", course->out);
    mkdir(path, 0700);
    for (size_t i = 0; i < course->submissions.count && i < 8; i++) {
        snprintf(path, sizeof path, "%s/results/%s.json", course->out,
                 course->submissions.all[i]->safe);
        FILE *file = fopen(path, "w");
        if (!file) abort();
        fputs(result, file);
        fclose(file);
    }
}

// The filled one has every row of the one that came, and at most one column more.
static void gradebook_check(const struct course *course)
{
    char path[4300];
    struct csv before, after;
    snprintf(path, sizeof path, "%s/canvas.csv", course->out);
    if (csv_load(&before, course->canvas)) abort();
    claim(csv_load(&after, path) == 0, "a gradebook is written");
    claim(after.count == before.count, "no row is lost or made");
    for (size_t i = 0; i < before.count && after.delimiter == before.delimiter;
         i++) {
        size_t wanted = before.rows[0].count, there = after.rows[i].count;
        claim(there == wanted || there == wanted + 1,
              "rows are as long as the first");
    }
    csv_close(&before);
    csv_close(&after);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    const uint8_t *roster;
    struct parts parts = {bytes, size};
    struct course course = {.out = scratch_folder(), .canvas_column = "Total"};
    course.workbook = (struct workbook){1, {{"7.1-submit", "7.1", "submit.c"}}};
    setlocale(LC_CTYPE, "C.UTF-8");
    people_add(&course.submissions);
    size_t roster_size = parts_until(&parts, 0, &roster);
    roster_match(&course.submissions, input_file(roster, roster_size));
    submissions_settle(&course.submissions);
    for (size_t i = 0; i < course.submissions.count; i++)
        claim(*course.submissions.all[i]->id, "everybody has an id");
    results_store(&course);
    course.canvas = input_file(parts.bytes, parts.size);
    claim(canvas_csv_write(&course) == 0, "a gradebook can be filled in");
    gradebook_check(&course);
    submissions_close(&course.submissions);
}
