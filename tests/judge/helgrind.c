#include "judge/helgrind.h"
#include "judge/build.h"
#include "judge/runner_process.h"
#include "judge/sanitizer.h"
#include "judge/sanitizer_report.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// So many times as long may a run take.
static const double SLOWNESS = 60;

// What the tool reported first. A test has a process of its own, and so this.
static struct report first_report;
static char student_file[64];
static bool has_ended; // the tool, in order

static const char *launcher(void)
{
    static const char *const places[] = {
        "/usr/bin/valgrind.bin", "/usr/bin/valgrind", "/usr/local/bin/valgrind"};
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++)
        if (access(places[i], X_OK) == 0) return places[i];
    return NULL;
}

// Only the student's own file, read as text: a name of HDF5's begins with these two letters.
static bool calls_hdf5(const struct exercise *exercise)
{
    char path[PATH_SIZE + 128], row[1024];
    snprintf(path, sizeof path, "%.*s/%s.c",
             (int)(strrchr(exercise->runner, '/') - exercise->runner),
             exercise->runner, exercise->title);
    FILE *file = fopen(path, "re");
    bool is_found = false;
    while (file && !is_found && fgets(row, sizeof row, file))
        is_found = strstr(row, "H5") != NULL;
    if (file) fclose(file);
    return is_found;
}

// A race in which HDF5 has a part, for a call of the student's.
static bool concerns_student(const char *report)
{
    return strstr(report, "libhdf5") && strstr(report, student_file);
}

static void printed_watch(const char *printed, size_t size)
{
    static const char mark[] = "Possible data race", end[] = "--------";
    static char report[8192];
    has_ended |= strstr(printed, "ERROR SUMMARY") != NULL;
    for (const char *at = printed; (at = strstr(at, mark)); at++) {
        const char *stop = strstr(at, end);
        size_t length = stop ? (size_t)(stop - at) : strlen(at);
        snprintf(report, sizeof report, "%.*s", (int)length, at);
        if (first_report.kind != REPORT_FINDING && concerns_student(report))
            first_report = sanitizer_report(report, student_file);
    }
}

// From here on this process's runners run under the tool. The process is good for no other
// test afterwards.
static void tool_start(struct exercise *exercise, const char *program)
{
    static char suppressions[PATH_SIZE + 64], option[PATH_SIZE + 96];
    static const char *words[8], *readable[8];
    static struct box_tool tool = {words, readable};
    static struct box box;
    snprintf(suppressions, sizeof suppressions, "%s/tests/judge/helgrind.supp",
             exercise->place->root);
    snprintf(option, sizeof option, "--suppressions=%s", suppressions);
    const char *const all_words[] = {program, "--tool=helgrind", "--vgdb=no",
                                     option};
    const char *const all_readable[] = {program, "/usr/libexec/valgrind",
                                        suppressions};
    memcpy(words, all_words, sizeof all_words);
    memcpy(readable, all_readable, sizeof all_readable);
    box = *exercise->box;
    box.is_sanitized = true;
    box.tool = &tool;
    exercise->box = &box;
    snprintf(student_file, sizeof student_file, "%s.c", exercise->title);
    runner_mode_set(&(struct runner_mode){
        .slowness = SLOWNESS, .ends_itself = true, .watch = printed_watch});
}

static void helgrind_run(const struct line *line, const char *program,
                         helgrind_run_fn *run)
{
    static struct line scratch;
    struct exercise *exercise = line->exercise, plain = *exercise;
    memcpy(&scratch, line, sizeof scratch);
    if (build_shared(exercise) == 0) {
        tool_start(exercise, program);
        run(&scratch);
    }
    *exercise = plain;
    runner_mode_set(&(struct runner_mode){0});
}

void helgrind_race_check(struct line *line, enum executor_kind executor,
                         helgrind_run_fn *run)
{
    static struct line scratch;
    const char *program = launcher();
    if (line_must_wait(line)) return;
    bool is_called_for = calls_hdf5(line->exercise);
    if (is_called_for && program) helgrind_run(line, program, run);
    if (first_report.kind == REPORT_FINDING) {
        line_fail(
            line, first_report.diagnosis,
            "%s. It was seen inside HDF5, where ThreadSanitizer does not look.",
            first_report.text);
        return;
    }
    memcpy(&scratch, line, sizeof scratch);
    sanitizer_race_check(&scratch, executor);
    if (scratch.status == LINE_PASSED && is_called_for && !has_ended)
        line_pend(
            line,
            "not checked here: the file calls HDF5 itself, where only valgrind "
            "sees races, and that %s",
            program ? "could not work" : "is not installed");
    else
        memcpy(line, &scratch, sizeof scratch);
}
