#include "judge/table.h"
#include "judge/next_step.h"
#include "judge/points.h"
#include <stdio.h>
#include <string.h>

enum { PRINTED_ROWS = 20 };

// Prints text in rows, each after an indent; its own line ends are kept.
static void paragraph_print(const char *text)
{
    int column = 0;
    for (const char *word = text; *word;) {
        int length = (int)strcspn(word, " \n");
        if (column && column + 1 + length > TABLE_TEXT_WIDTH) column = -1;
        if (column <= 0)
            printf("%s%*s", column < 0 ? "\n" : "", TABLE_INDENT, "");
        else
            putchar(' ');
        printf("%.*s", length, word);
        column = column <= 0 ? length : column + 1 + length;
        word += length;
        if (*word == '\n') column = -1;
        if (*word) word++;
    }
    putchar('\n');
}

static const char *line_word(const struct line *line)
{
    switch (line->status) {
    case LINE_PASSED:
        return line->points > 0 || line->max_points == 0 ? "passed" : "waits";
    case LINE_FAILED:
        return "FAILED";
    case LINE_SKIPPED:
        return "skipped";
    case LINE_PENDING:
        return "pending";
    default:
        return "error";
    }
}

// A reason that several lines in a row share is said once.
static bool says_the_same(const struct line *line, const struct line *before)
{
    return before && line->status == before->status && line->status != LINE_FAILED &&
           strcmp(before->message, line->message) == 0;
}

// The rows as they are, each after an indent and a bar.
static void quote_print(const char *text)
{
    while (*text) {
        int length = (int)strcspn(text, "\n");
        printf("%*s| %.*s\n", TABLE_INDENT, "", length, text);
        text += length + (text[length] == '\n');
    }
}

// The last rows of what the student's code printed. Its control characters, which could
// write over the table, are gone since line_printed.
static void printed_print(const char *printed)
{
    const char *from = printed + strlen(printed);
    for (int rows = 0; from > printed; from--)
        if (from[-1] == '\n' && *from && ++rows == PRINTED_ROWS) break;
    printf("%*syour code printed:\n", TABLE_INDENT, "");
    quote_print(from);
}

static void line_print(const struct line *line, const struct line *before,
                       bool shows_printed)
{
    printf("  %-8s  %4.1f of %4.1f  %s", line_word(line), line->points,
           line->max_points, line->name);
    if (line->pending_points > 0) printf("  (%.1f pending)", line->pending_points);
    if (line->kind == LINE_SPEED && line->status == LINE_PASSED)
        printf(": %.2f times as fast", line->speed.estimate);
    putchar('\n');
    bool is_told = line->status != LINE_PASSED || line->kind == LINE_SPEED;
    if (is_told && *line->message && !says_the_same(line, before))
        paragraph_print(line->message);
    if (line->status == LINE_FAILED && *line->printed && shows_printed)
        printed_print(line->printed);
}

static void mend_print(const struct line *line)
{
    int hint = next_hint(line);
    printf("  next: mend \"%s\"\n        the task is in exercises/%s/README.md",
           line->name, line->exercise->folder);
    if (hint) printf("; hint %d there is about this", hint);
    putchar('\n');
}

static void next_print(const struct grading *grading,
                       const struct exercise *exercise)
{
    if (exercise->build == BUILD_MISSING) {
        printf("  next: put the file there: %s\n", exercise->build_message);
    } else if (exercise->build == BUILD_FAILED) {
        printf("  next: make it compile; the compiler says:\n");
        quote_print(exercise->build_message);
    } else {
        const struct line *line = next_line(grading->rubric, exercise);
        if (line) mend_print(line);
    }
}

// What the code printed is shown once, under the first line that failed.
static void lines_print(const struct rubric *rubric, const struct exercise *exercise)
{
    const struct line *before = NULL;
    bool has_failed = false;
    for (unsigned i = 0; i < rubric->count; i++) {
        const struct line *line = &rubric->lines[i];
        if (line->exercise != exercise) continue;
        line_print(line, before, !has_failed);
        has_failed |= line->status == LINE_FAILED;
        before = line;
    }
}

static void exercise_print(const struct grading *grading,
                           const struct exercise *exercise)
{
    struct points_sum sum = points_sum(grading->rubric, exercise);
    printf("%s %s: %.1f of %.0f points", exercise->id, exercise->title, sum.points,
           sum.max_points);
    if (sum.pending_points > 0) printf(", %.1f pending", sum.pending_points);
    putchar('\n');
    if (exercise->build == BUILD_OK) lines_print(grading->rubric, exercise);
    next_print(grading, exercise);
    putchar('\n');
}

void table_print(const struct grading *grading)
{
    putchar('\n');
    for (unsigned i = 0; i < grading->exercise_count; i++)
        exercise_print(grading, grading->exercises[i]);
    printf("isolation: %s", isolation_name(grading->box->isolation));
    if (*grading->box->reason) printf(" (make doctor says what is missing)");
    struct points_sum sum = points_sum(grading->rubric, NULL);
    printf("\nseed: %llu", (unsigned long long)grading->seed);
    printf("\ngrade: %.10g of %.10g, %.10g pending\n", sum.points, sum.max_points,
           sum.pending_points);
}
