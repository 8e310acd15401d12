#include "judge/points.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_SIZE = 256 };

// Reads the next line that says something: 1, 0 at the end, -EINVAL. name points into row.
static int row_next(FILE *file, char row[ROW_SIZE], double *number, char **name)
{
    while (fgets(row, ROW_SIZE, file)) {
        row[strcspn(row, "#\n")] = '\0';
        char *start = row + strspn(row, " \t");
        if (!*start) continue;
        char *end;
        *number = strtod(start, &end);
        *name = end + strspn(end, " \t");
        size_t length = strlen(*name);
        while (length && strchr(" \t", (*name)[length - 1]))
            (*name)[--length] = '\0';
        return end == start || !length || !isfinite(*number) || *number < 0 ? -EINVAL
                                                                            : 1;
    }
    return 0;
}

int points_find(const char *path, const char *name, double *number)
{
    FILE *file = fopen(path, "r");
    if (!file) return -errno;
    char row[ROW_SIZE], *found;
    int status;
    while ((status = row_next(file, row, number, &found)) == 1)
        if (strcmp(found, name) == 0) break;
    fclose(file);
    return status == 1 ? 0 : status == 0 ? -ENOENT : status;
}

static struct line *line_named(struct rubric *rubric,
                               const struct exercise *exercise, const char *name)
{
    for (unsigned i = 0; i < rubric->count; i++)
        if (rubric->lines[i].exercise == exercise &&
            !strcmp(rubric->lines[i].name, name))
            return &rubric->lines[i];
    return NULL;
}

static int all_have_points(const struct rubric *rubric,
                           const struct exercise *exercise, const char *path,
                           char *text, size_t size)
{
    for (unsigned i = 0; i < rubric->count; i++) {
        const struct line *line = &rubric->lines[i];
        if (line->exercise != exercise || line->max_points >= 0) continue;
        snprintf(text, size, "%s has no points for the test \"%s\"", path,
                 line->name);
        return -EINVAL;
    }
    return 0;
}

int points_load(struct rubric *rubric, const struct exercise *exercise,
                const char *path, char *text, size_t size)
{
    for (unsigned i = 0; i < rubric->count; i++)
        if (rubric->lines[i].exercise == exercise) rubric->lines[i].max_points = -1;
    FILE *file = fopen(path, "r");
    if (!file) {
        snprintf(text, size, "%s: %s", path, strerror(errno));
        return -errno;
    }
    char row[ROW_SIZE], *name;
    double number;
    int status;
    while ((status = row_next(file, row, &number, &name)) == 1) {
        struct line *line = line_named(rubric, exercise, name);
        if (line) {
            line->max_points = number;
        } else {
            snprintf(text, size, "%s gives points for \"%s\": no such test", path,
                     name);
            status = -EINVAL;
            break;
        }
    }
    if (status == -EINVAL && !*text) snprintf(text, size, "%s: a bad line", path);
    fclose(file);
    return status ? status : all_have_points(rubric, exercise, path, text, size);
}

static bool waits_in_vain(const struct line *line)
{
    const struct line *concurrency = rubric_find(line, LINE_CONCURRENCY);
    return concurrency && concurrency->status != LINE_PASSED &&
           concurrency->status != LINE_PENDING && concurrency->status != LINE_ERROR;
}

static bool is_open(const struct line *line)
{
    return line->status == LINE_PENDING || line->status == LINE_ERROR;
}

// What is right counts where the work was concurrent, and waits where that is open.
static void right_assign(struct line *line)
{
    const struct line *concurrency = rubric_find(line, LINE_CONCURRENCY);
    if (!concurrency || concurrency->status == LINE_PASSED) {
        line->points = line->max_points;
    } else if (is_open(concurrency)) {
        line->pending_points = line->max_points;
    } else if (!*line->message) {
        snprintf(line->message, sizeof line->message,
                 "counts once the work runs concurrently");
    }
}

// A part of the full points is final only where the machine was quiet: what is missing may
// else be what other programs took.
static void speed_assign(struct line *line)
{
    line->points = round(line->max_points * line->speed.credit * 10) / 10;
    if (!line->speed.is_credit_final)
        line->pending_points = line->max_points - line->points;
}

void points_assign(struct rubric *rubric)
{
    for (unsigned i = 0; i < rubric->count; i++) {
        struct line *line = &rubric->lines[i];
        line->points = line->pending_points = 0;
        if (is_open(line)) {
            if (!waits_in_vain(line)) line->pending_points = line->max_points;
        } else if (line->status == LINE_PASSED && line->kind == LINE_SPEED) {
            speed_assign(line);
        } else if (line->status == LINE_PASSED && line->kind == LINE_CONCURRENCY) {
            line->points = line->max_points;
        } else if (line->status == LINE_PASSED) {
            right_assign(line);
        }
    }
}

struct points_sum points_sum(const struct rubric *rubric,
                             const struct exercise *exercise)
{
    struct points_sum sum = {0};
    for (unsigned i = 0; i < rubric->count; i++) {
        const struct line *line = &rubric->lines[i];
        if (exercise && line->exercise != exercise) continue;
        sum.points += line->points;
        sum.pending_points += line->pending_points;
        sum.max_points += line->max_points;
    }
    return sum;
}
