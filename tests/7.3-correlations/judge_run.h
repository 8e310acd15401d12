#ifndef JUDGE_RUN_H
#define JUDGE_RUN_H

// One call of correlate_pairs in a fresh runner, and the judge's opinion of its answer.
//
//     struct run run = run_of(line, executor, 3, matrix, "prices");
//     if (!run_make(&run, line->exercise->runner) && !run_check(&run)) line_pass(line);
//     run_close(&run);

#include "7.3-correlations/judge_cells.h"
#include "7.3-correlations/judge_matrix.h"
#include "7.3-correlations/judge_pattern.h"
#include "judge/rubric.h"
#include "judge/runner_process.h"

struct run {
    // Set by the test:
    struct line *line;
    enum executor_kind executor;
    int workers;
    const struct matrix *matrix;   // borrowed
    const char *words;             // what the series are, for messages
    const struct pattern *suspect; // what wrong numbers mean here, or NULL
    // What came of it:
    int returned;
    struct correlations *answer;
    struct run_cost cost;
};

struct run run_of(struct line *line, enum executor_kind executor, int workers,
                  const struct matrix *matrix, const char *words);

// Frees the answer.
void run_close(struct run *run);

// Makes the call with `program`. 0, or -1 with the verdict in the line.
int run_make(struct run *run, const char *program);

// The student's r, n * n numbers in the answer.
const double *run_r(const struct run *run);

// "correlate_pairs (3 threads, 5 series of 250 values, prices)".
void run_text(const struct run *run, char *text, size_t size);

// Is r right, the whole matrix or, of a large one, rows at random and all of it at once; and
// is best? 0, or -1 with the verdict in the line.
int run_check(struct run *run);

// The same of r alone.
int run_check_r(struct run *run, const double expected[]);

// The same of best alone.
int run_check_best(struct run *run, const double expected[]);

// Why a runner gave no answer, as a failure of the line; `text` says what was called.
void run_explain(struct line *line, const struct runner *runner, int status,
                 const char *text);

// How long a call may take: ten times the judge's own, and never less than seconds.
int64_t run_limit_ns(const struct matrix *matrix);

#endif
