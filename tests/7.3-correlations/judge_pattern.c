#include "7.3-correlations/judge_pattern.h"
#include <math.h>

// Are all wrong cells where `where` says?
typedef bool cell_place_fn(size_t i, size_t j, size_t n);

static bool on_diagonal(size_t i, size_t j, size_t n)
{
    return i == j;
}

static bool above_diagonal(size_t i, size_t j, size_t n)
{
    return i < j;
}

static bool below_diagonal(size_t i, size_t j, size_t n)
{
    return i > j;
}

static bool at_end(size_t i, size_t j, size_t n)
{
    return i == n - 1 || j == n - 1;
}

static bool wrong_only(const struct cells *cells, cell_place_fn *where)
{
    for (size_t i = 0; i < cells->n; i++)
        for (size_t j = 0; j < cells->n; j++)
            if (cell_kind(cells, i, j) != CELL_RIGHT && !where(i, j, cells->n))
                return false;
    return true;
}

// Does row i of r hold what belongs into row k?
static bool row_is(const struct cells *cells, size_t i, size_t k)
{
    size_t n = cells->n;
    for (size_t j = 0; j < n; j++)
        if (cell_compare(cells->r[i * n + j], cells->expected[k * n + j]) !=
            CELL_RIGHT)
            return false;
    return true;
}

// Most rows stand one row too low.
static bool rows_are_shifted(const struct cells *cells)
{
    size_t shifted = 0;
    for (size_t i = 1; i < cells->n; i++) shifted += row_is(cells, i, i - 1);
    return cells->n > 2 && shifted + 1 == cells->n;
}

// Different rows of r hold one and the same row.
static bool rows_are_one(const struct cells *cells)
{
    for (size_t k = 0; k < cells->n; k++) {
        size_t same = 0;
        for (size_t i = 0; i < cells->n; i++)
            same += i != k && row_is(cells, i, k) && !row_is(cells, i, i);
        if (same >= 2 || (same && cells->n < 4)) return true;
    }
    return false;
}

// Every row of r is the right one of some series, but not in its place.
static bool rows_are_mixed(const struct cells *cells)
{
    for (size_t i = 0; i < cells->n; i++) {
        bool is_known = false;
        for (size_t k = 0; k < cells->n && !is_known; k++)
            is_known = row_is(cells, i, k);
        if (!is_known) return false;
    }
    return true;
}

static bool all_zero(const struct cells *cells)
{
    for (size_t k = 0; k < cells->n * cells->n; k++)
        if (cells->r[k] != 0) return false;
    return true;
}

static bool passes_one(const struct cells *cells)
{
    for (size_t k = 0; k < cells->n * cells->n; k++)
        if (fabs(cells->r[k]) > 1) return true;
    return false;
}

static struct pattern all_missing(enum executor_kind executor)
{
    if (executor == EXECUTOR_PROCESSES)
        return (struct pattern){
            .diagnosis = "lost in a process",
            .hint =
                "No cell of r was written: a process worker has its own copy of r "
                "and of every global. Only a task's result travels back."};
    return (struct pattern){
        .diagnosis = "nothing written",
        .hint = "No cell of r was written. Where are the tasks' results "
                "copied into r?"};
}

static struct pattern missing_pattern(const struct cells *cells)
{
    if (wrong_only(cells, on_diagonal))
        return (struct pattern){
            .diagnosis = "diagonal missing",
            .hint =
                "The diagonal belongs to r too: every series has 1 with itself."};
    if (wrong_only(cells, at_end))
        return (struct pattern){
            .diagnosis = "last row missing",
            .hint = "The last row or column is missing: where do the "
                    "loop and the last task end?"};
    if (wrong_only(cells, above_diagonal) || wrong_only(cells, below_diagonal))
        return (struct pattern){.diagnosis = "half of the pairs",
                                .hint =
                                    "One half of r is missing: a pair's correlation "
                                    "belongs at i * n + j and at j * n + i."};
    return (struct pattern){
        .diagnosis = "cells missing",
        .hint = "Some cells were never written. Is every future waited "
                "for, and every result copied to r + i * n?"};
}

static struct pattern row_pattern(const struct cells *cells)
{
    if (rows_are_shifted(cells))
        return (struct pattern){
            .diagnosis = "off by one row",
            .hint = "Every row stands one row too low: row i begins at r "
                    "+ i * n, and the first i is 0."};
    if (rows_are_one(cells))
        return (struct pattern){
            .diagnosis = "shared argument",
            .hint = "Several rows hold one and the same row: did the "
                    "tasks get a pointer to one variable that moves on?"};
    return (struct pattern){.diagnosis = "rows mixed up",
                            .hint =
                                "The rows are right but not in their places: row i "
                                "belongs at r + i * n, whichever task ends first."};
}

static struct pattern nan_pattern(const struct cells *cells,
                                  enum executor_kind executor)
{
    if (cells->count[CELL_NAN] == 0)
        return (struct pattern){
            .diagnosis = "constant series",
            .hint = "A constant series (least value = greatest value), or one of "
                    "fewer than two values, has NaN with every series."};
    if (executor == EXECUTOR_PROCESSES)
        return (struct pattern){
            .diagnosis = "NaN for a number",
            .hint =
                "NaN stands where a number belongs. Are the series in memory before "
                "executor_create? Is a sum of squares 0, or a root negative?",
            .is_numeric = true};
    return (struct pattern){.diagnosis = "NaN for a number",
                            .hint =
                                "NaN stands where a number belongs: only a constant "
                                "series has NaN. Is a sum of squares 0, or a root "
                                "negative?",
                            .is_numeric = true};
}

static struct pattern number_pattern(const struct cells *cells,
                                     enum executor_kind executor)
{
    if (wrong_only(cells, on_diagonal))
        return (struct pattern){.diagnosis = "wrong diagonal",
                                .hint = "Only the diagonal is wrong: a series has 1 "
                                        "with itself, and NaN if it "
                                        "is constant."};
    if (all_zero(cells))
        return (struct pattern){
            .diagnosis = "all zero",
            .hint = executor == EXECUTOR_PROCESSES
                        ? "Every cell is 0: is the result of every task checked "
                          "and copied, and were the series in memory before "
                          "executor_create?"
                        : "Every cell is 0: is the result of every task checked "
                          "and copied?"};
    if (wrong_only(cells, above_diagonal) || wrong_only(cells, below_diagonal))
        return (struct pattern){
            .diagnosis = "half of the pairs",
            .hint = "Only one half of r is wrong: a pair's correlation "
                    "belongs at i * n + j and at j * n + i."};
    if (passes_one(cells))
        return (struct pattern){
            .diagnosis = "not in [-1, 1]",
            .hint = "A correlation lies in [-1, 1]: take the mean out "
                    "before you multiply, and clip what rounding adds.",
            .is_numeric = true};
    if (cells->count[CELL_FAR] == 0)
        return (struct pattern){
            .diagnosis = "slightly off",
            .hint = "1e-9 is allowed. Sum in double over the whole length, the mean "
                    "taken out; divide by the same count throughout.",
            .is_numeric = true};
    return (struct pattern){
        .diagnosis = "wrong correlations",
        .hint = "Compare with the sequential code: is every cell "
                "computed from series i and j over their whole length?",
        .is_numeric = true};
}

struct pattern cells_pattern(const struct cells *cells, enum executor_kind executor)
{
    const size_t *count = cells->count;
    if (count[CELL_MISSING] == cells->n * cells->n && cells->n > 1)
        return all_missing(executor);
    if (rows_are_shifted(cells)) return row_pattern(cells);
    if (count[CELL_MISSING]) return missing_pattern(cells);
    if (cells->n > 1 && (rows_are_one(cells) || rows_are_mixed(cells)))
        return row_pattern(cells);
    if (count[CELL_SLIGHT] || count[CELL_FAR])
        return number_pattern(cells, executor);
    return nan_pattern(cells, executor);
}
