// 7.2, what is graded: every file's numbers and statuses, as many files at a time as there are
// workers, and the time, against the sequential loop.

#include "7.2-conversion/judge_outcome.h"
#include "judge/helgrind.h"
#include "judge/runner_mode.h"
#include "judge/sanitizer.h"
#include "judge/shaken.h"
#include "judge/trial.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORKERS = 3,
    SPEED_WORKERS = 2,
    HELD_FILES = 8,
    HELD_ROWS = 60,
    SPEED_FILES = 16,
    SPEED_ROWS = 400
};
enum { WATCHED_WORKERS = 2, WATCHED_FILES = 4, WATCHED_ROWS = 5 };
enum { LIMIT_PART = 10 }; // so many times the judge's own time may a run take

static const double LARGEST_SCALE = 60;

// Creating a pool and the first use of each worker's memory take some 5 ms that the loop does
// not need; they shall be a small part.
static const int64_t SPEED_NS = 70000000;

static struct conversion *run_start(struct line *line, enum executor_kind executor)
{
    return conversion_start(line, executor, WORKERS);
}

// One run with the judge's own sequential code: it says how long the student's may take, and
// whether the judge expects the right things. The verdict that it may leave is the judge's.
static int baseline_run(struct conversion *conversion)
{
    static struct line own;
    struct line *line = conversion->line;
    own = *line;
    conversion->line = &own;
    int status = conversion_run(conversion, line->exercise->baseline);
    if (!status) status = outcome_check(conversion);
    conversion->line = line;
    if (status)
        line_error(line, "the judge's own code does not do it: %s", own.message);
    int64_t limit_ns = LIMIT_PART * conversion->cost.wall_ns;
    if (!status && limit_ns > conversion->limit_ns) conversion->limit_ns = limit_ns;
    return status;
}

static int student_run(struct conversion *conversion)
{
    int status = conversion_run(conversion, conversion->line->exercise->runner);
    return status ? status : outcome_check(conversion);
}

// Both, and the files are gone afterwards. Where a tool watches, whose limits are long, the gate
// itself has shown that the judge expects the right things.
static int both_run(struct conversion *conversion)
{
    bool is_watched = runner_mode_now()->watch;
    int status = is_watched ? 0 : baseline_run(conversion);
    if (!status) status = student_run(conversion);
    conversion_close(conversion);
    return status;
}

// ---- gates

static struct input *sound_add(struct conversion *conversion)
{
    return conversion_add(
        conversion, stock_file_create(STOCK_FILE_WIDE, 20 + (size_t)rand() % 90));
}

static int shaken_values(struct line *line, enum executor_kind executor)
{
    struct conversion *conversion = run_start(line, executor);
    for (int i = 0; i < 2 * WORKERS; i++) sound_add(conversion);
    return both_run(conversion);
}

static void values_check(struct line *line, enum executor_kind executor)
{
    static const struct {
        enum stock_file_kind kind;
        size_t row_count;
    } shapes[] = {{STOCK_FILE_PLAIN, 300}, {STOCK_FILE_WIDE, 211},
                  {STOCK_FILE_PLAIN, 0},   {STOCK_FILE_PLAIN, 1},
                  {STOCK_FILE_WIDE, 2},    {STOCK_FILE_EDGE, 120},
                  {STOCK_FILE_WIDE, 900}};
    struct conversion *conversion = run_start(line, executor);
    for (unsigned i = 0; i < sizeof shapes / sizeof *shapes; i++)
        conversion_add(conversion,
                       stock_file_create(shapes[i].kind, shapes[i].row_count));
    if (!both_run(conversion) && !shaken_run(line, executor, shaken_values))
        line_pass(line);
}

static struct input *bad_add(struct conversion *conversion, int status,
                             const char *what)
{
    struct input *input = sound_add(conversion);
    input->status = status;
    input->what = what;
    return input;
}

static struct input *bad_line_add(struct conversion *conversion)
{
    struct input *input = bad_add(conversion, -EINVAL, "a bad line in its middle");
    if (input->file) stock_file_spoil_line(input->file);
    return input;
}

static struct input *bad_end_add(struct conversion *conversion)
{
    struct input *input = bad_add(conversion, -EINVAL, "its last line is cut");
    if (input->file) stock_file_cut(input->file);
    return input;
}

// The first file is bad, and has its status before any other has got a line. It is bad at its
// end: who leaves a pipe in the middle and opens it again may meet the judge's closing of it.
static int bad_first_run(struct line *line, enum executor_kind executor)
{
    struct conversion *conversion = run_start(line, executor);
    conversion->delivery = DELIVER_FIRST;
    bad_end_add(conversion);
    for (int i = 1; i < HELD_FILES; i++) sound_add(conversion);
    return both_run(conversion);
}

static int bad_among_good_run(struct line *line, enum executor_kind executor)
{
    struct conversion *conversion = run_start(line, executor);
    sound_add(conversion);
    bad_line_add(conversion);
    sound_add(conversion);
    bad_end_add(conversion);
    bad_line_add(conversion)->before = OLD_FILE_BEFORE;
    sound_add(conversion)->before = OLD_FILE_BEFORE;
    bad_add(conversion, -ENOENT, "no file at all")->is_missing = true;
    bad_add(conversion, -EINVAL, "not named .json")->suffix = ".jsonl";
    sound_add(conversion);
    bad_add(conversion, -EISDIR, "sound, but its .h5 is the name of a folder")
        ->before = FOLDER_BEFORE;
    sound_add(conversion);
    return both_run(conversion);
}

static void statuses_check(struct line *line, enum executor_kind executor)
{
    if (bad_among_good_run(line, executor)) return;
    if (!bad_first_run(line, executor)) line_pass(line);
}

// Counts that an array's end is near to, and more workers than files.
static void counts_check(struct line *line, enum executor_kind executor)
{
    static const struct {
        unsigned count;
        int workers;
    } runs[] = {{0, 2}, {1, 3}, {2, 1}, {2, 2}};
    for (unsigned i = 0; i < sizeof runs / sizeof *runs; i++) {
        struct conversion *conversion =
            conversion_start(line, executor, runs[i].workers);
        for (unsigned k = 0; k < runs[i].count; k++) sound_add(conversion);
        if (both_run(conversion)) return;
    }
    line_pass(line);
}

// ---- concurrency

static void hold_check(struct line *line, enum executor_kind executor)
{
    struct conversion *conversion = run_start(line, executor);
    conversion->delivery = DELIVER_HELD;
    for (int i = 0; i < HELD_FILES; i++)
        conversion_add(conversion, stock_file_create(STOCK_FILE_PLAIN, HELD_ROWS));
    if (!student_run(conversion)) line_pass(line);
    conversion_close(conversion);
}

// ---- races, where HDF5 has a part in them

static void helgrind_run(struct line *line)
{
    struct conversion *conversion =
        conversion_start(line, EXECUTOR_TEXTBOOK, WATCHED_WORKERS);
    for (int i = 0; i < WATCHED_FILES; i++)
        conversion_add(conversion,
                       stock_file_create(STOCK_FILE_PLAIN, WATCHED_ROWS));
    student_run(conversion);
    conversion_close(conversion);
}

static void race_check(struct line *line, enum executor_kind executor)
{
    helgrind_race_check(line, executor, helgrind_run);
}

// ---- speed

static size_t speed_rows(double scale)
{
    if (scale > LARGEST_SCALE) scale = LARGEST_SCALE;
    size_t rows = (size_t)(SPEED_ROWS * scale);
    return rows + (size_t)rand() % (rows / 8 + 1);
}

static int speed_run(const struct trial *trial, const char *program,
                     struct run_cost *cost)
{
    int64_t *limit_ns = trial->context;
    struct line *line = trial->line;
    struct conversion *conversion =
        conversion_start(line, (enum executor_kind)trial->executor, trial->workers);
    if (*limit_ns > conversion->limit_ns) conversion->limit_ns = *limit_ns;
    for (int i = 0; i < SPEED_FILES; i++)
        conversion_add(conversion, stock_file_create(STOCK_FILE_PLAIN,
                                                     speed_rows(trial->scale)));
    bool is_baseline = strcmp(program, line->exercise->baseline) == 0;
    int status = is_baseline ? baseline_run(conversion) : student_run(conversion);
    *limit_ns = conversion->limit_ns;
    *cost = conversion->cost;
    conversion_close(conversion);
    return status;
}

static void speed_check(struct line *line, enum executor_kind executor)
{
    int64_t limit_ns = 0;
    double expected;
    struct trial trial = {.line = line,
                          .run = speed_run,
                          .executor = executor,
                          .workers = SPEED_WORKERS,
                          .baseline_ns = SPEED_NS,
                          .context = &limit_ns};
    if (!trial_expected(line, &expected)) trial_judge(&trial, expected);
}

static void lines(struct rubric *rubric)
{
    static const enum executor_kind executors[] = {EXECUTOR_THREADS,
                                                   EXECUTOR_PROCESSES};
    for (int k = 0; k < 2; k++) {
        enum executor_kind executor = executors[k];
        rubric_add(rubric, LINE_GATE, executor, "every value arrives", values_check);
        rubric_add(rubric, LINE_GATE, executor, "bad files among good ones",
                   statuses_check);
        rubric_add(rubric, LINE_GATE, executor, "no file, one, two", counts_check);
        rubric_add(rubric, LINE_CONCURRENCY, executor,
                   "files are open at the same time", hold_check);
        rubric_add(rubric, LINE_SANITIZER, executor, "no memory error",
                   sanitizer_memory_check);
        if (executor == EXECUTOR_THREADS)
            rubric_add(rubric, LINE_SANITIZER, executor, "no data race", race_check);
        rubric_add(rubric, LINE_SPEED, executor, "speed", speed_check);
    }
}

EXERCISE("7.2-conversion", lines)
