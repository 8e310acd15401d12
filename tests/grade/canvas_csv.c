// An exported Canvas gradebook with the points filled in. Columns whose name begins with an
// exercise's id get its points; the sum goes to the column that was asked for, or, where neither
// is there, to a new one. All other cells stay as they were, and so do rows of people without a
// result.

#include "grade/csv.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "judge/needed_memory.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char NEW_COLUMN[] = "Asynchronous processing in C";
static const char POINTS_POSSIBLE[] = "Points Possible";

enum target { TARGET_NONE = -2, TARGET_SUM = -1 }; // or an exercise's number

struct gradebook {
    struct csv csv;
    const struct course *course;
    int *targets; // for each column, and one more
    size_t columns;
};

static int column_target(const struct gradebook *book, const char *name)
{
    const struct course *course = book->course;
    const char *wanted = course->canvas_column;
    if (wanted && strncasecmp(name, wanted, strlen(wanted)) == 0) return TARGET_SUM;
    for (unsigned i = 0; i < course->workbook.count; i++) {
        size_t length = strlen(course->workbook.exercises[i].id);
        if (strncmp(name, course->workbook.exercises[i].id, length) == 0 &&
            strchr(" (:-", name[length]))
            return (int)i;
    }
    return TARGET_NONE;
}

static void targets_find(struct gradebook *book)
{
    bool has_any = false;
    book->columns = book->csv.count ? book->csv.rows[0].count : 0;
    book->targets = needed(calloc(book->columns + 1, sizeof *book->targets));
    for (size_t i = 0; i < book->columns; i++) {
        book->targets[i] = column_target(book, csv_cell(&book->csv, 0, i));
        has_any |= book->targets[i] != TARGET_NONE;
    }
    if (!has_any) book->targets[book->columns++] = TARGET_SUM;
}

// The person of a row: by Canvas's number, by the ids of the university, else by name.
static const struct submission *person_find(const struct gradebook *book, size_t row)
{
    static const char *const keys[] = {"ID", "SIS User ID", "SIS Login ID",
                                       "Integration ID", "Student"};
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++) {
        int column = csv_column(&book->csv, keys[i]);
        const char *cell =
            column < 0 ? "" : csv_cell(&book->csv, row, (size_t)column);
        const struct submission *found =
            *cell ? submissions_find(&book->course->submissions, cell) : NULL;
        if (found) return found;
    }
    return NULL;
}

static const json_t *target_object(const struct gradebook *book, int target,
                                   const json_t *result)
{
    return target == TARGET_SUM
               ? result
               : result_exercise(result,
                                 book->course->workbook.exercises[target].id);
}

// The most points of a target, as any result tells.
static double target_most(const struct gradebook *book, int target)
{
    const struct submissions *submissions = &book->course->submissions;
    double most = 0;
    for (size_t i = 0; i < submissions->count && most == 0; i++) {
        json_t *result = result_load(book->course, submissions->all[i]);
        most = result_number(target_object(book, target, result), "max_points");
        json_decref(result);
    }
    return most;
}

static bool is_points_possible(const struct gradebook *book, size_t row)
{
    const char *cell = csv_cell(&book->csv, row, 0);
    return strcmp(cell + strspn(cell, " "), POINTS_POSSIBLE) == 0;
}

static void row_put(const struct gradebook *book, struct csv_writer *writer,
                    size_t row)
{
    const struct submission *person = row ? person_find(book, row) : NULL;
    json_t *result = person ? result_load(book->course, person) : NULL;
    bool is_new = book->columns > book->csv.rows[0].count;
    for (size_t i = 0; i < book->columns; i++) {
        int target = book->targets[i];
        const json_t *object =
            target != TARGET_NONE ? target_object(book, target, result) : NULL;
        if (object)
            csv_put_number(writer, report_points(book->course, object));
        else if (row == 0 && is_new && i + 1 == book->columns)
            csv_put(writer, NEW_COLUMN);
        else if (is_new && i + 1 == book->columns && is_points_possible(book, row))
            csv_put_number(writer, target_most(book, target));
        else
            csv_put(writer, csv_cell(&book->csv, row, i));
    }
    csv_end_row(writer);
    json_decref(result);
}

int canvas_csv_write(const struct course *course)
{
    struct gradebook book = {.course = course};
    struct report_file file;
    if (!course->canvas) return 0;
    int status = csv_load(&book.csv, course->canvas);
    if (status) return status;
    status = report_open(&file, course, "canvas.csv");
    if (!status) {
        struct csv_writer writer = {.file = file.stream,
                                    .delimiter = book.csv.delimiter};
        targets_find(&book);
        if (book.csv.has_mark) fputs("\xef\xbb\xbf", file.stream);
        for (size_t i = 0; i < book.csv.count; i++) row_put(&book, &writer, i);
        free(book.targets);
        status = report_close(&file);
    }
    csv_close(&book.csv);
    return status;
}
