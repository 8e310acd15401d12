#include "7.3-correlations/judge_run.h"
#include "judge/runner_end.h"
#include "judge/runner_kept.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_TRIED = 3, PICTURE_SIZE = 1024 };

static const double WHOLE_WORK =
    2e6; // n * n * length up to which all of r is computed

// Ten times what the slowest machine in use takes, which is about 10 ns a value and pair;
// beside it the floor for starting processes on a busy machine.
static const int64_t LIMIT_FLOOR_NS = 5000000000;
static const double VALUE_NS = 100;

static const char *const worker_names[][2] = {{"thread", "threads"},
                                              {"process", "processes"}};

struct run run_of(struct line *line, enum executor_kind executor, int workers,
                  const struct matrix *matrix, const char *words)
{
    return (struct run){.line = line,
                        .executor = executor,
                        .workers = workers,
                        .matrix = matrix,
                        .words = words};
}

void run_close(struct run *run)
{
    free(run->answer);
    run->answer = NULL;
}

const double *run_r(const struct run *run)
{
    return run->answer->cells + margin_of(run->matrix->series_count);
}

void run_text(const struct run *run, char *text, size_t size)
{
    snprintf(text, size, "correlate_pairs (%d %s, %d series of %d values, %s)",
             run->workers, worker_names[run->executor][run->workers != 1],
             (int)run->matrix->series_count, (int)run->matrix->length, run->words);
}

int64_t run_limit_ns(const struct matrix *matrix)
{
    double n = (double)matrix->series_count;
    return LIMIT_FLOOR_NS + (int64_t)(n * n * (double)matrix->length * VALUE_NS);
}

void run_explain(struct line *line, const struct runner *runner, int status,
                 const char *text)
{
    char why[256];
    const char *diagnosis = runner_diagnosis(runner, status);
    runner_explain(runner, status, why, sizeof why);
    bool is_fault = !strcmp(diagnosis, "crash") && strstr(why, strsignal(SIGSEGV));
    line_fail(line, diagnosis, "%s %s%s", text, why,
              is_fault ? ". The values of series may be read, not written." : "");
}

int run_make(struct run *run, const char *program)
{
    static struct runner runner;
    size_t size = correlations_size(run->matrix->series_count);
    struct message request = {.operation = OPERATION_CORRELATE,
                              .executor = run->executor,
                              .workers = run->workers};
    run->answer = malloc(size);
    if (!run->answer) {
        line_error(run->line, "the judge has no memory left");
        return -1;
    }
    int status = runner_take(&runner, run->line->exercise->box, program);
    if (!status)
        status = runner_call(&runner, &request, run->matrix,
                             matrix_size(run->matrix), run->answer, size,
                             run_limit_ns(run->matrix), &run->returned);
    runner_give(&runner, status);
    run->cost = runner.cost;
    line_printed(run->line, runner.printed.text, runner.printed.size);
    if (!status) return 0;
    char text[256];
    run_text(run, text, sizeof text);
    run_explain(run->line, &runner, status, text);
    return -1;
}

// ---- what was returned, and what was written beside r

static int returned_check(struct run *run, const char *text)
{
    if (run->returned == 0) return 0;
    const char *hint = "";
    if (run->returned == -ECHILD)
        hint = ". -ECHILD: a task failed or its worker died; future_error says how.";
    else if (run->returned == -ECANCELED)
        hint = ". -ECANCELED: a task was cancelled before it started.";
    line_fail(run->line, "error returned", "%s returned %d (%s); 0 is right%s", text,
              run->returned, strerror((int)labs(run->returned)), hint);
    return -1;
}

static bool margin_is_whole(const double margin[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (memcmp(&margin[k], &UNWRITTEN, sizeof UNWRITTEN) != 0) return false;
    return true;
}

static int margins_check(struct run *run, const char *text)
{
    size_t n = run->matrix->series_count, margin = margin_of(n);
    bool before = margin_is_whole(run->answer->cells, margin);
    bool after = margin_is_whole(run->answer->cells + margin + n * n, margin);
    if (before && after) return 0;
    line_fail(
        run->line, "outside r",
        "%s wrote outside r: %s. r has n * n = %d numbers, row i begins at r + i * "
        "n, and the last i is n - 1.",
        text, before ? "behind its last cell" : "before its first cell",
        (int)(n * n));
    return -1;
}

// ---- r

static void cell_fail(struct run *run, const struct cells *cells, const char *text)
{
    char picture[PICTURE_SIZE], found[64] = "never written";
    size_t i = cells->first_i, j = cells->first_j;
    struct pattern pattern = cells_pattern(cells, run->executor);
    if (run->suspect && pattern.is_numeric) pattern = *run->suspect;
    cells_picture(cells, picture, sizeof picture);
    double value = cells->r[i * cells->n + j];
    if (cell_kind(cells, i, j) != CELL_MISSING)
        snprintf(found, sizeof found, fabs(value) > 1 ? "%.17g" : "%.10g", value);
    line_fail(run->line, pattern.diagnosis,
              "%s: r[%d*n+%d] is %s, expected %.10g. %s\n%s", text, (int)i, (int)j,
              found, cells->expected[i * cells->n + j], pattern.hint, picture);
}

int run_check_r(struct run *run, const double expected[])
{
    char text[256];
    run_text(run, text, sizeof text);
    if (returned_check(run, text) || margins_check(run, text)) return -1;
    struct cells cells =
        cells_compare(run_r(run), expected, run->matrix->series_count);
    if (cells.wrong == 0) return 0;
    cell_fail(run, &cells, text);
    return -1;
}

// ---- best

static void best_fail(struct run *run, const char *diagnosis, const char *hint,
                      const struct best_pair *right)
{
    char text[256];
    const struct best_pair *best = &run->answer->best;
    run_text(run, text, sizeof text);
    line_fail(
        run->line, diagnosis,
        "%s: best is (a, b, r) = (%zd, %zd, %.10g), expected (%zu, %zu, %.10g). %s",
        text, (ssize_t)best->a, (ssize_t)best->b, best->r, right->a, right->b,
        right->r, hint);
}

static const char *best_hint(const struct run *run, size_t n,
                             const struct best_pair *right, const char **diagnosis)
{
    const struct best_pair *best = &run->answer->best;
    *diagnosis = "wrong best pair";
    if (best->a == SIZE_MAX || memcmp(&best->r, &UNWRITTEN, sizeof best->r) == 0) {
        *diagnosis = "best not written";
        return "Nothing was written to best. A process worker's best is a copy: let "
               "the caller choose.";
    }
    if (isnan(right->r))
        return "Where no pair has a correlation, a = b = 0 and r is NaN.";
    if (isnan(best->r) && isnan(run_r(run)[right->a * n + right->b]))
        return "In r that pair has no number either: mend r first.";
    if (isnan(best->r))
        return "Constant series take no part: no comparison with NaN is true, so do "
               "not begin with it.";
    if (right->r < 0 && best->r == 0) {
        *diagnosis = "best begins at 0";
        return "All correlations are negative: begin the search with the first "
               "pair, not with 0.";
    }
    if (best->a == right->a && best->b == right->b)
        return "The pair is right, its r is not: it is what stands at r[a * n + b].";
    if (best->a == best->b)
        return "A series with itself is no pair: look at a < b only.";
    if (best->a > best->b && best->a < n) return "A pair has a < b.";
    return "Search all pairs a < b, to the last.";
}

int run_check_best(struct run *run, const double expected[])
{
    size_t n = run->matrix->series_count;
    const struct best_pair *best = &run->answer->best;
    struct best_pair right = best_expected(expected, n);
    bool is_right;
    if (isnan(right.r))
        is_right = best->a == 0 && best->b == 0 && isnan(best->r) &&
                   memcmp(&best->r, &UNWRITTEN, sizeof UNWRITTEN) != 0;
    else
        is_right = best->a < best->b && best->b < n &&
                   expected[best->a * n + best->b] >= right.r - TOLERANCE &&
                   fabs(best->r - right.r) <= TOLERANCE;
    if (is_right) return 0;
    const char *diagnosis, *hint = best_hint(run, n, &right, &diagnosis);
    best_fail(run, diagnosis, hint, &right);
    return -1;
}

// ---- all of an answer

static int large_check(struct run *run)
{
    char text[256];
    run_text(run, text, sizeof text);
    if (returned_check(run, text) || margins_check(run, text)) return -1;
    const double *r = run_r(run);
    if (correlations_agree(run->matrix, r, ROWS_TRIED))
        return run_check_best(run, r);
    // Something is wrong: now the time is taken to say what.
    double *expected = correlations_expected(run->matrix);
    int status = run_check_r(run, expected);
    free(expected);
    return status;
}

int run_check(struct run *run)
{
    double n = (double)run->matrix->series_count;
    if (n * n * (double)run->matrix->length > WHOLE_WORK) return large_check(run);
    double *expected = correlations_expected(run->matrix);
    int status = run_check_r(run, expected);
    if (!status) status = run_check_best(run, expected);
    free(expected);
    return status;
}
