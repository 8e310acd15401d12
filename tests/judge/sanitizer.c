#include "judge/sanitizer.h"
#include "judge/build.h"
#include "judge/runner_kept.h"
#include "judge/sanitizer_report.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct tool {
    const char *flavour;
    double slowness; // times as long as the plain code a run may take, and some more
};

static const struct tool memory_tool = {"asan", 8};
static const struct tool race_tool = {"tsan", 40};

// The first report of the runs so far. A test has a process of its own, and so this.
static struct report first_report;
static char student_file[64];

static void printed_watch(const char *printed, size_t size)
{
    if (first_report.kind != REPORT_FINDING)
        first_report = sanitizer_report(printed, student_file);
}

// *was_called_again: by keeps_runner, code was called where it had been called before.
static bool gate_try(const struct line *gate, struct line *scratch,
                     bool keeps_runner, bool *was_called_again)
{
    struct runner_mode mode = *runner_mode_now();
    mode.keeps_runner = keeps_runner;
    runner_mode_set(&mode);
    memcpy(scratch, gate, sizeof *scratch);
    scratch->status = LINE_NOT_RUN;
    *scratch->message = *scratch->diagnosis = '\0';
    gate->check(scratch, gate->executor);
    *was_called_again = runner_kept_stop();
    return scratch->status == LINE_PASSED;
}

// Wrong answers of code that was called before do not count: then each call has a process of its
// own, as in the gate itself.
static bool gate_run(const struct line *gate, struct line *scratch)
{
    bool was_called_again,
        is_right = gate_try(gate, scratch, true, &was_called_again);
    if (is_right || !was_called_again || first_report.kind == REPORT_FINDING)
        return is_right;
    first_report = (struct report){.kind = REPORT_NONE};
    return gate_try(gate, scratch, false, &was_called_again);
}

// Runs every gate of the executor on a line of its own, whose verdict only says whether the
// answers were right. The gate whose answers were not; NULL: all were.
static const struct line *gates_run(const struct line *line, struct line *scratch)
{
    for (const struct line *gate = NULL;
         (gate = rubric_next(line, LINE_GATE, gate));)
        if (!gate_run(gate, scratch) || first_report.kind == REPORT_FINDING)
            return gate;
    return NULL;
}

// From here on this process's runners are watched by the tool.
static void tool_start(struct exercise *exercise, const struct tool *tool)
{
    static struct box box;
    box = *exercise->box;
    box.is_sanitized = true;
    exercise->box = &box;
    snprintf(student_file, sizeof student_file, "%s.c", exercise->title);
    runner_mode_set(&(struct runner_mode){
        .slowness = tool->slowness, .ends_itself = true, .watch = printed_watch});
}

// Does the tool work here, with the judge's own code? Then what does not work is the student's
// doing, such as printing the words of a tool that fails.
static bool tool_works(struct line *line, const struct tool *tool,
                       struct line *scratch)
{
    struct exercise *exercise = line->exercise;
    const struct line *gate = rubric_next(line, LINE_GATE, NULL);
    snprintf(exercise->runner, PATH_SIZE, "%.2000s/build/%s/tests/%.200s/baseline",
             exercise->place->root, tool->flavour, exercise->folder);
    if (access(exercise->runner, X_OK) < 0) return false;
    first_report = (struct report){.kind = REPORT_NONE};
    return gate && gate_run(gate, scratch) && first_report.kind == REPORT_NONE;
}

static void broken_write(struct line *line, const struct tool *tool,
                         struct line *scratch, const char *why)
{
    if (tool_works(line, tool, scratch))
        line_fail(line, "tool disturbed",
                  "The tool that looks for this works here, but not with this file: "
                  "%.900s",
                  why);
    else
        line_pend(line, "not checked here: the tool could not work (%.900s)", why);
}

// An answer that is wrong without the tool as well is told once, by its own line.
static void report_write(struct line *line, const struct tool *tool,
                         const struct line *wrong, struct line *scratch)
{
    struct report report = first_report;
    if (report.kind == REPORT_FINDING)
        line_fail(line, report.diagnosis, "%s", report.text);
    else if (report.kind == REPORT_BROKEN)
        broken_write(line, tool, scratch, report.text);
    else if (!wrong)
        line_pass(line);
    else if (scratch->status == LINE_ERROR)
        line_error(line, "%s", scratch->message);
    else if (scratch->status == LINE_PENDING)
        line_pend(line, "%s", scratch->message);
    else if (wrong->status == LINE_FAILED)
        line_skip(line, "waits for \"%s\"", wrong->name);
    else
        line_fail(line, scratch->diagnosis, "slowed down by the checking, %.900s",
                  scratch->message);
}

static void sanitizer_check(struct line *line, const struct tool *tool)
{
    static struct line scratch;
    struct exercise *exercise = line->exercise;
    if (line_must_wait(line)) return;
    tool_start(exercise, tool);
    if (build_flavour(exercise, tool->flavour)) {
        broken_write(line, tool, &scratch, exercise->build_message);
    } else {
        const struct line *wrong = gates_run(line, &scratch);
        report_write(line, tool, wrong, &scratch);
    }
}

void sanitizer_memory_check(struct line *line, enum executor_kind executor)
{
    sanitizer_check(line, &memory_tool);
}

void sanitizer_race_check(struct line *line, enum executor_kind executor)
{
    sanitizer_check(line, &race_tool);
}

void sanitizer_locate(struct line *line)
{
    static struct line scratch;
    tool_start(line->exercise, &memory_tool);
    if (build_flavour(line->exercise, memory_tool.flavour)) return;
    memcpy(&scratch, line, sizeof scratch);
    scratch.status = LINE_NOT_RUN;
    line->check(&scratch, line->executor);
    if (first_report.kind != REPORT_FINDING) return;
    size_t used = strlen(line->message);
    snprintf(line->message + used, sizeof line->message - used, "\n%s",
             first_report.text);
}
