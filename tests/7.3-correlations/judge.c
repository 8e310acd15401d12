// 7.3, what is graded: series loaded and aligned, right correlations and the best pair, the
// same bytes for any number of workers, computed at the same time, and therefore fast.

#include "7.3-correlations/judge_loading.h"
#include "7.3-correlations/judge_run.h"
#include "7.3-correlations/judge_series.h"
#include "judge/sanitizer.h"
#include "judge/shaken.h"
#include "judge/trial.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORKERS = 3,
    SPEED_WORKERS = 2,
    PARALLEL_WORKERS = 4,
    ROWS_UNIT = 36,
    LENGTH_UNIT = 250
};

// Makes the call and checks the answer as `check` does, against what is right.
typedef int check_fn(struct run *run, const double expected[]);

static int matrix_check(struct line *line, enum executor_kind executor,
                        struct matrix *matrix, const char *words, check_fn *check)
{
    struct run run = run_of(line, executor, WORKERS, matrix, words);
    double *expected = correlations_expected(matrix);
    int status = run_make(&run, line->exercise->runner);
    if (!status) status = check(&run, expected);
    run_close(&run);
    free(expected);
    free(matrix);
    return status;
}

// ---- r

static void correlations_check(struct line *line, enum executor_kind executor)
{
    static const size_t sizes[][2] = {{5, 250}, {2, 250}, {3, 250},  {1, 250},
                                      {0, 250}, {7, 31},  {30, 250}, {3, 2},
                                      {4, 1},   {3, 0},   {401, 30}, {3, 6000}};
    for (unsigned k = 0; k < sizeof sizes / sizeof *sizes; k++)
        if (matrix_check(line, executor, series_prices(sizes[k][0], sizes[k][1]),
                         "prices", run_check_r))
            return;
    if (matrix_check(line, executor, series_relatives(), "copies and mirror images",
                     run_check_r))
        return;
    line_pass(line);
}

static int far_answer_check(struct run *run, const double expected[])
{
    static const struct pattern one_pass = {
        "one-pass formula",
        "Sums of squares minus squares of sums lose every digit here: take the mean "
        "out before you sum.",
        true};
    run->suspect = &one_pass;
    return run_check_r(run, expected);
}

static void far_check(struct line *line, enum executor_kind executor)
{
    static const char words[] = "mean 1e6, deviation 1";
    if (!matrix_check(line, executor, series_far(5, 250), words, far_answer_check) &&
        !matrix_check(line, executor, series_far(9, 1000), words, far_answer_check))
        line_pass(line);
}

static void constant_check(struct line *line, enum executor_kind executor)
{
    struct matrix *one = series_prices(5, 250), *all = series_prices(3, 250),
                  *few = series_prices(4, 3);
    // The mean of many 0.1 is not exactly 0.1: only least = greatest tells.
    row_scale(one, 1, 1, 0, 0.1);
    row_scale(one, 4, 4, 0, 0);
    for (size_t i = 0; i < 3; i++) row_scale(all, i, i, 0, 1e6 + 0.1 * (double)i);
    row_scale(few, 0, 0, 0, 7);
    if (!matrix_check(line, executor, one, "1 and 4 constant", run_check_r) &&
        !matrix_check(line, executor, all, "all constant", run_check_r) &&
        !matrix_check(line, executor, few, "series 0 constant", run_check_r))
        line_pass(line);
}

// ---- best

static int best_check(struct run *run, const double expected[])
{
    if (run->returned) return run_check_r(run, expected);
    return run_check_best(run, expected);
}

static void best_pair_check(struct line *line, enum executor_kind executor)
{
    struct matrix *mirror = series_prices(2, 250), *constant = series_prices(4, 250);
    struct matrix *none = series_prices(3, 250), *ties = series_prices(6, 250);
    row_scale(mirror, 1, 0, -1, 300);
    row_scale(constant, 0, 0, 0, 5);
    for (size_t i = 0; i < 3; i++) row_scale(none, i, i, 0, 5);
    row_scale(ties, 3, 1, 1, 0);
    row_scale(ties, 5, 4, 1, 0);
    const struct {
        struct matrix *matrix;
        const char *words;
    } cases[] = {
        {series_prices(12, 250), "prices"},
        {series_with_pair(9, 7, 8), "the last two nearly the same"},
        {series_with_pair(9, 0, 8), "the first and last nearly the same"},
        {series_with_pair(9, 0, 1), "the first two nearly the same"},
        {ties, "two pairs of equal series"},
        {mirror, "one mirrored by the other"},
        {series_opposed(), "every pair negative"},
        {constant, "series 0 constant"},
        {none, "all constant"},
        {series_prices(1, 250), "prices"},
        {series_prices(0, 250), "prices"},
    };
    int status = 0;
    for (unsigned k = 0; k < sizeof cases / sizeof *cases; k++) {
        if (status)
            free(cases[k].matrix);
        else
            status = matrix_check(line, executor, cases[k].matrix, cases[k].words,
                                  best_check);
    }
    if (!status) line_pass(line);
}

// ---- the same bytes

static int bytes_compare(struct run *first, const struct run *second)
{
    size_t n = first->matrix->series_count, place = 0;
    if (!memcmp(first->answer, second->answer, correlations_size(n))) return 0;
    const double *one = run_r(first), *other = run_r(second);
    char text[256];
    run_text(second, text, sizeof text);
    while (place < n * n && !memcmp(&one[place], &other[place], sizeof *one))
        place++;
    if (place == n * n)
        line_fail(
            first->line, "bytes differ",
            "%s: best is a = %zd, b = %zd, r = %.17g, but %d worker(s) gave a = "
            "%zd, b = %zd, r = %.17g. Choose it when all is there, in one order.",
            text, (ssize_t)second->answer->best.a, (ssize_t)second->answer->best.b,
            second->answer->best.r, first->workers, (ssize_t)first->answer->best.a,
            (ssize_t)first->answer->best.b, first->answer->best.r);
    else
        line_fail(first->line, "bytes differ",
                  "%s: r[%zu*n+%zu] is %.17g, but %d worker(s) gave %.17g. Let one "
                  "task sum a pair, in one order, whoever computes it.",
                  text, place / n, place % n, other[place], first->workers,
                  one[place]);
    return -1;
}

// Nobody's delays may be seen in the bytes, nor in the best pair.
static int shaken_bytes(struct line *line, enum executor_kind executor)
{
    struct matrix *matrix = series_prices(17, 250);
    struct run run = run_of(line, executor, WORKERS, matrix, "prices");
    int status = run_make(&run, line->exercise->runner);
    if (!status) status = run_check(&run);
    run_close(&run);
    free(matrix);
    return status;
}

static void bytes_check(struct line *line, enum executor_kind executor)
{
    static const int workers[] = {1, 2, 3, 8};
    struct matrix *matrix = series_prices(23, 501);
    struct run first = run_of(line, executor, workers[0], matrix, "prices");
    int status = run_make(&first, line->exercise->runner);
    if (!status) status = run_check(&first);
    for (int k = 1; k < 4 && !status; k++) {
        struct run run = run_of(line, executor, workers[k], matrix, "prices");
        status = run_make(&run, line->exercise->runner);
        if (!status) status = run_check(&run);
        if (!status) status = bytes_compare(&first, &run);
        run_close(&run);
    }
    run_close(&first);
    free(matrix);
    if (!status) status = shaken_run(line, executor, shaken_bytes);
    if (!status) line_pass(line);
}

// ---- time

// The work is n * n * length; more work makes r and the series larger alike. A run of the
// usual length has about eighty rows, so that even a pair is no tiny task.
static int timed_run(const struct trial *trial, const char *program,
                     struct run_cost *cost)
{
    size_t n = (size_t)fmax(8, ROWS_UNIT * pow(trial->scale, 0.25));
    double growth = (double)n / ROWS_UNIT;
    double length = LENGTH_UNIT * trial->scale / (growth * growth);
    struct matrix *matrix = series_prices(n, (size_t)fmax(50, length));
    struct run run = run_of(trial->line, (enum executor_kind)trial->executor,
                            trial->workers, matrix, "prices");
    int status = run_make(&run, program);
    if (!status) status = run_check(&run);
    *cost = run.cost;
    cost->work = (double)n * (double)(n - 1) * (double)matrix->length;
    run_close(&run);
    free(matrix);
    return status;
}

// Runs this long, because starting a pool takes some milliseconds of each: of processes, ten.
static const int64_t SPEED_NS[] = {60000000, 100000000};
static const int64_t STUDENT_NS[] = {30000000, 90000000};

static struct trial trial_of(struct line *line, enum executor_kind executor)
{
    return (struct trial){.line = line,
                          .run = timed_run,
                          .executor = executor,
                          .workers = SPEED_WORKERS,
                          .baseline_ns = SPEED_NS[executor == EXECUTOR_PROCESSES],
                          .student_ns = STUDENT_NS[executor == EXECUTOR_PROCESSES]};
}

static void parallel_check(struct line *line, enum executor_kind executor)
{
    struct trial trial = trial_of(line, executor);
    double expected;
    trial.workers = PARALLEL_WORKERS;
    if (!trial_expected(line, &expected)) trial_judge_parallelism(&trial, expected);
}

static void speed_check(struct line *line, enum executor_kind executor)
{
    struct trial trial = trial_of(line, executor);
    double expected;
    if (!trial_expected(line, &expected)) trial_judge(&trial, expected);
}

static void lines(struct rubric *rubric)
{
    static const struct {
        enum line_kind kind;
        const char *name;
        line_check_fn *check;
    } table[] = {
        {LINE_GATE, "loading aligns the series", loading_align_check},
        {LINE_GATE, "loading tells of the first failure", loading_failure_check},
        {LINE_GATE, "the correlations are right", correlations_check},
        {LINE_GATE, "series far from zero", far_check},
        {LINE_GATE, "constant series have none", constant_check},
        {LINE_GATE, "the best pair", best_pair_check},
        {LINE_GATE, "the same bytes for 1, 2, 3 and 8 workers", bytes_check},
        {LINE_CONCURRENCY, "the rows are computed at the same time", parallel_check},
        {LINE_SANITIZER, "no memory error", sanitizer_memory_check},
        {LINE_SANITIZER, "no data race", sanitizer_race_check},
        {LINE_SPEED, "speed", speed_check},
    };
    for (int executor = EXECUTOR_THREADS; executor <= EXECUTOR_PROCESSES; executor++)
        for (unsigned k = 0; k < sizeof table / sizeof *table; k++)
            if (executor == EXECUTOR_THREADS ||
                table[k].check != sanitizer_race_check)
                rubric_add(rubric, table[k].kind, (enum executor_kind)executor,
                           table[k].name, table[k].check);
}

EXERCISE("7.3-correlations", lines)
