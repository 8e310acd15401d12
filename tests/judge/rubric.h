#ifndef JUDGE_RUBRIC_H
#define JUDGE_RUBRIC_H

// The rubric: one line for every test, what it found, and what it is worth. The lines lie in
// memory that is shared with the tests' processes, made before they start: each test writes
// into its own line, and whatever happens to its process, a line without a verdict is an
// error. Check only runs the tests; its counts are not used.
//
//     static void table_check(struct line *line, enum executor_kind executor)
//     {
//         if (...) line_fail(line, "wrong order", "results[%d] is ...", ...);
//         else line_pass(line);
//     }
//     ...
//     rubric_add(rubric, LINE_GATE, EXECUTOR_THREADS, "the table is in order", table_check);

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include "futures/futures.h"
#include "judge/exercise.h"
#include "judge/verdict.h"

enum { LINE_LIMIT = 256, NAME_SIZE = 96, MESSAGE_SIZE = 2048, PRINTED_SIZE = 2048 };

enum line_kind { LINE_GATE, LINE_CONCURRENCY, LINE_SANITIZER, LINE_SPEED };

enum line_status {
    LINE_NOT_RUN, // no verdict: an error, once its test has ended
    LINE_PASSED,
    LINE_FAILED,
    LINE_ERROR,   // the judge itself could not do its work
    LINE_SKIPPED, // it waits for another line, and that one failed
    LINE_PENDING, // could not be decided here and now
};

struct line;

// A test: runs the student's code on the given kind of executor and writes the verdict.
typedef void line_check_fn(struct line *line, enum executor_kind executor);

struct line {
    // Set before the tests start:
    struct exercise *exercise;
    char name[NAME_SIZE]; // "threads: the table is in order"; unique in its exercise
    enum line_kind kind;
    enum executor_kind executor;
    line_check_fn *check;
    double max_points;
    // The test's own verdict:
    enum line_status status;
    char message[MESSAGE_SIZE]; // for the student; "" when there is nothing to say
    char diagnosis[48];         // one name for what was found, or ""
    char printed[PRINTED_SIZE]; // the end of what the student's code printed
    double seconds;
    struct speed speed; // speed lines only
    // Given by points_assign:
    double points;
    double pending_points;
};

struct rubric {
    struct line *lines; // shared with the tests' processes
    unsigned count;
    struct exercise *exercise; // whose lines are being added
    Suite *suite;              // the exercise's tests that will run
    bool is_quick;             // without speed and sanitizers
    bool is_answers;           // gates alone; may be set after rubric_init
    bool is_untimed;           // without speed; may be set after rubric_init
    // Results to go on from, likewise; borrowed, or NULL.
    const struct json_t *earlier;
};

// An empty rubric. 0 or a negative errno. It lasts until the judge ends.
int rubric_init(struct rubric *rubric, bool is_quick);

// Adds the lines of an exercise. Their tests run if its build is ok, and not those of speed
// and sanitizer when the rubric is quick.
void rubric_add_exercise(struct rubric *rubric, struct exercise *exercise);

// Adds one line, to be called by an exercise's lines function, for each executor in this
// order of kinds: gate, concurrency, sanitizer, speed. Its name, as in points.txt, is the
// executor's and then `name`.
void rubric_add(struct rubric *rubric, enum line_kind kind,
                enum executor_kind executor, const char *name, line_check_fn *check);

// Runs the tests of the exercise added last, each in a process of its own.
void rubric_run(struct rubric *rubric);

// The first line of the same exercise and executor that is of that kind; NULL: there is none.
const struct line *rubric_find(const struct line *line, enum line_kind kind);

// The next such line after `after`; NULL: the first one, and NULL when there is none left.
const struct line *rubric_next(const struct line *line, enum line_kind kind,
                               const struct line *after);

// Must the line wait for the concurrency line of its exercise and executor? Then it is skipped
// if that one failed, and pending if that one could not be decided.
bool line_must_wait(struct line *line);

// The verdicts that a test may write. Only the first one counts.
void line_pass(struct line *line);
void line_fail(struct line *line, const char *diagnosis, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void line_error(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void line_skip(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void line_pend(struct line *line, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Keeps the end of what the student's code printed, to be shown if the line fails.
void line_printed(struct line *line, const char *text, size_t size);

#endif
