#include "judge/rubric.h"
#include "judge/clean_text.h"
#include "judge/clock.h"
#include "judge/earlier_results.h"
#include "judge/runner_end.h"
#include "judge/sanitizer.h"
#include "judge/trouble.h"
#include "judge/turn.h"
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

// A test has its own, shorter limits; this one only bounds a fault of the judge.
enum { TEST_LIMIT_S = 600 };

static const char *const executor_names[] = {"threads", "processes", "textbook"};

static bool is_quick_run;
static struct line *shared_lines; // set once, before the tests' processes start
static pid_t judge;               // likewise: their parent

int rubric_init(struct rubric *rubric, bool is_quick)
{
    size_t size = LINE_LIMIT * sizeof *rubric->lines;
    void *lines =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lines == MAP_FAILED) return -errno;
    *rubric = (struct rubric){.lines = lines, .is_quick = is_quick};
    shared_lines = lines;
    is_quick_run = is_quick;
    return 0;
}

void rubric_add_exercise(struct rubric *rubric, struct exercise *exercise)
{
    rubric->exercise = exercise;
    rubric->suite = suite_create(exercise->id);
    exercise->lines(rubric);
}

static bool is_left_out(const struct rubric *rubric, const struct line *line)
{
    if (rubric->is_answers) return line->kind > LINE_GATE;
    if (rubric->is_quick) return line->kind > LINE_CONCURRENCY;
    return rubric->is_untimed && line->kind == LINE_SPEED;
}

// Lines of speed and sanitizer wait for the concurrency line, which stands before them.
static bool line_is_run(const struct rubric *rubric, const struct line *line)
{
    if (rubric->exercise->build != BUILD_OK) return false;
    return !is_left_out(rubric, line);
}

// Where one call never came back, the next would only take its time, too.
static const struct line *line_that_hung(const struct line *line)
{
    for (const struct line *at = shared_lines; at < line; at++)
        if (at->exercise == line->exercise && at->executor == line->executor &&
            strcmp(at->diagnosis, NO_RETURN) == 0)
            return at;
    return NULL;
}

// To debug a test, its request is kept: the last one before nothing more runs.
static const struct line *line_that_failed(const struct line *line)
{
    for (const struct line *at = shared_lines; at < line; at++)
        if (at->exercise == line->exercise && at->status == LINE_FAILED) return at;
    return NULL;
}

// A crash is told with its place in the student's file, where a sanitizer can see it, and
// with the way to look at it oneself.
static void crash_tell(struct line *line)
{
    if (!is_quick_run) sanitizer_locate(line);
    size_t used = strlen(line->message);
    snprintf(line->message + used, sizeof line->message - used,
             "\nmake debug-%s opens gdb there.", line->exercise->id);
}

static void line_check(struct line *line)
{
    if (line->exercise->keep)
        runner_mode_set(&(struct runner_mode){.keep = line->exercise->keep});
    bool is_timed = line->kind == LINE_CONCURRENCY || line->kind == LINE_SPEED;
    int turn = is_timed ? turn_take() : -1;
    line->check(line, line->executor);
    turn_give(turn);
    bool is_crash = line->status == LINE_FAILED && !strcmp(line->diagnosis, CRASH);
    if (is_crash && !line_that_failed(line)) crash_tell(line);
}

START_TEST(line_run)
{
    struct line *line = &shared_lines[_i];
    const struct line *hung = line_that_hung(line), *failed = line_that_failed(line);
    int64_t begin_ns = clock_now_ns();
    // Without its judge it would go on building where the next one builds.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != judge) _exit(1);
    trouble_clear();
    if (hung)
        line_skip(line, "not run: \"%s\" did not return", hung->name);
    else if (line->exercise->keep && failed)
        line_skip(line, "not run: \"%s\" failed first", failed->name);
    else
        line_check(line);
    line->seconds = (double)(clock_now_ns() - begin_ns) / 1e9;
}
END_TEST

void rubric_add(struct rubric *rubric, enum line_kind kind,
                enum executor_kind executor, const char *name, line_check_fn *check)
{
    if (rubric->count == LINE_LIMIT) return;
    int index = (int)rubric->count++;
    struct line *line = &rubric->lines[index];
    line->exercise = rubric->exercise;
    snprintf(line->name, sizeof line->name, "%s: %s", executor_names[executor],
             name);
    line->kind = kind;
    line->executor = executor;
    line->check = check;
    if (!line_is_run(rubric, line)) return;
    if (rubric->earlier && earlier_results_take(rubric->earlier, line)) return;
    TCase *tcase = tcase_create(line->name);
    tcase_set_timeout(tcase, TEST_LIMIT_S);
    tcase_add_loop_test(tcase, line_run, index, index + 1);
    suite_add_tcase(rubric->suite, tcase);
}

static const char *build_reason(const struct exercise *exercise)
{
    return exercise->build == BUILD_MISSING ? "there is no file to test"
                                            : "the file does not compile";
}

// What a line says whose test did not run, or ran and left no verdict.
static void line_close(const struct rubric *rubric, struct line *line)
{
    if (line->status != LINE_NOT_RUN) return;
    if (line->exercise->build != BUILD_OK) {
        line_skip(line, "%s", build_reason(line->exercise));
    } else if (is_left_out(rubric, line)) {
        if (line->kind <= LINE_CONCURRENCY || !line_must_wait(line))
            line_pend(line, "left out%s", rubric->is_quick ? " by QUICK=1" : "");
    } else {
        line_error(line, "the test ended without a verdict");
    }
}

void rubric_run(struct rubric *rubric)
{
    judge = getpid();
    SRunner *runner = srunner_create(rubric->suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);
    srunner_free(runner);
    for (unsigned i = 0; i < rubric->count; i++)
        if (rubric->lines[i].exercise == rubric->exercise)
            line_close(rubric, &rubric->lines[i]);
}

const struct line *rubric_next(const struct line *line, enum line_kind kind,
                               const struct line *after)
{
    const struct line *at = after ? after + 1 : shared_lines;
    for (; at < shared_lines + LINE_LIMIT; at++)
        if (at->exercise == line->exercise && at->kind == kind &&
            at->executor == line->executor)
            return at;
    return NULL;
}

const struct line *rubric_find(const struct line *line, enum line_kind kind)
{
    return rubric_next(line, kind, NULL);
}

bool line_must_wait(struct line *line)
{
    const struct line *waits_for = rubric_find(line, LINE_CONCURRENCY);
    if (!waits_for || waits_for->status == LINE_PASSED) return false;
    bool is_open =
        waits_for->status == LINE_PENDING || waits_for->status == LINE_ERROR;
    (is_open ? line_pend : line_skip)(line, "waits for \"%s\"", waits_for->name);
    return true;
}

static void line_set(struct line *line, enum line_status status, const char *format,
                     va_list arguments)
{
    if (line->status != LINE_NOT_RUN) return;
    vsnprintf(line->message, sizeof line->message, format, arguments);
    text_clean(line->message);
    line->status = status;
}

#define LINE_SET(line, status, format)                                              \
    do {                                                                            \
        va_list arguments;                                                          \
        va_start(arguments, format);                                                \
        line_set(line, status, format, arguments);                                  \
        va_end(arguments);                                                          \
    } while (0)

// Has the judge been kept from looking? Then it has seen neither right nor wrong.
static bool line_is_troubled(struct line *line)
{
    int error = trouble_error();
    if (error)
        line_error(line,
                   "the judge itself could not do its work (%s), so this says "
                   "nothing of your code",
                   strerror(error));
    return error != 0;
}

void line_pass(struct line *line)
{
    if (line_is_troubled(line)) return;
    if (line->status == LINE_NOT_RUN) line->status = LINE_PASSED;
}

void line_fail(struct line *line, const char *diagnosis, const char *format, ...)
{
    if (line_is_troubled(line)) return;
    if (line->status == LINE_NOT_RUN)
        snprintf(line->diagnosis, sizeof line->diagnosis, "%s", diagnosis);
    LINE_SET(line, LINE_FAILED, format);
}

void line_error(struct line *line, const char *format, ...)
{
    LINE_SET(line, LINE_ERROR, format);
}

void line_skip(struct line *line, const char *format, ...)
{
    LINE_SET(line, LINE_SKIPPED, format);
}

void line_pend(struct line *line, const char *format, ...)
{
    LINE_SET(line, LINE_PENDING, format);
}

void line_printed(struct line *line, const char *text, size_t size)
{
    size_t kept = size < sizeof line->printed ? size : sizeof line->printed - 1;
    memcpy(line->printed, text + size - kept, kept);
    line->printed[kept] = '\0';
    text_clean(line->printed);
}
