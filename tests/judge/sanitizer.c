#include "judge/sanitizer.h"
#include "judge/build.h"
#include "judge/runner_process.h"
#include "judge/sanitizer_report.h"
#include <stdio.h>
#include <string.h>

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

// Runs every gate of the executor on a line of its own, whose verdict only says whether the
// answers were right. The gate whose answers were not; NULL: all were.
static const struct line *gates_run(const struct line *line, struct line *scratch)
{
    for (const struct line *gate = NULL;
         (gate = rubric_next(line, LINE_GATE, gate));) {
        memcpy(scratch, gate, sizeof *scratch);
        scratch->status = LINE_NOT_RUN;
        *scratch->message = *scratch->diagnosis = '\0';
        gate->check(scratch, gate->executor);
        if (first_report.kind == REPORT_FINDING || scratch->status != LINE_PASSED)
            return gate;
    }
    return NULL;
}

// An answer that is wrong without the tool as well is told once, by its own line.
static void report_write(struct line *line, const struct line *wrong,
                         const struct line *scratch)
{
    if (first_report.kind == REPORT_FINDING)
        line_fail(line, first_report.diagnosis, "%s", first_report.text);
    else if (first_report.kind == REPORT_BROKEN)
        line_pend(line, "not checked here: the tool could not work (%s)",
                  first_report.text);
    else if (!wrong)
        line_pass(line);
    else if (wrong->status == LINE_FAILED)
        line_skip(line, "waits for \"%s\"", wrong->name);
    else
        line_fail(line, scratch->diagnosis,
                  "slowed down by the checking, \"%s\" fails: %.900s", scratch->name,
                  scratch->message);
}

// From here on this process's runners are built with the tool. false when that cannot be.
static bool tool_start(struct exercise *exercise, const struct tool *tool)
{
    static struct box box;
    if (build_flavour(exercise, tool->flavour)) return false;
    box = *exercise->box;
    box.is_sanitized = true;
    exercise->box = &box;
    snprintf(student_file, sizeof student_file, "%s.c", exercise->title);
    runner_mode_set(&(struct runner_mode){
        .slowness = tool->slowness, .ends_itself = true, .watch = printed_watch});
    return true;
}

static void sanitizer_check(struct line *line, const struct tool *tool)
{
    static struct line scratch;
    struct exercise *exercise = line->exercise;
    if (line_must_wait(line)) return;
    if (!tool_start(exercise, tool)) {
        line_pend(line, "not checked here: it could not be built with %s",
                  tool->flavour);
        return;
    }
    const struct line *wrong = gates_run(line, &scratch);
    report_write(line, wrong, &scratch);
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
    if (!tool_start(line->exercise, &memory_tool)) return;
    memcpy(&scratch, line, sizeof scratch);
    scratch.status = LINE_NOT_RUN;
    line->check(&scratch, line->executor);
    if (first_report.kind != REPORT_FINDING) return;
    size_t used = strlen(line->message);
    snprintf(line->message + used, sizeof line->message - used, "\n%s",
             first_report.text);
}
