// Judges submissions whose verdict is known, and says where the judge differs:
//
//     matrix ROOT JUDGE OUTPUT [box=reduced] FILE...
//
// A FILE stands in a folder named like its exercise (7.1-submit/late_result.c) and begins with
// a comment that says what is wrong with it, and
//
//     // caught by: threads: the table is in order      the test that must fail; or `build`,
//                                                        or `nothing` for an honest one
//     // says: results[                                  a part of that test's message
//     // points: 15                                      exactly so many, pending ones too
//     // if loaded: pending                              while other programs run, the test may
//                                                        be left open; points are then those
//                                                        that were given
//
// of which the last three may be missing. The judge leaves out speed and sanitizers, unless
// there is a line `// with: sanitizers`, or `// with: speed` for both. A FILE that ends in .sh
// (its comment begins with #) makes the submission in the folder that it is given. What a
// submission leaves running is killed and counts as a failure. One TAP line a file; OUTPUT
// keeps each results.json. What a busy machine left open is skipped, and so is what is left
// when MATRIX_SECONDS (in the environment) have passed.

#include "judge/command.h"
#include "judge/process_tree.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT_SIZE = 1024, PATH_LIMIT = 2048, JUDGE_LIMIT_S = 300, PIDS_LIMIT = 4096 };

// How all submissions are judged.
struct setting {
    const char *root;
    const char *judge;
    const char *output;
    const char *box; // "box=reduced"; NULL: the judge's choice
};

struct expectation {
    char caught_by[TEXT_SIZE];
    char says[TEXT_SIZE];
    double points; // NAN: any
    bool may_pend; // when the machine is loaded
    bool is_open;  // what came of it: this machine could not decide it now
    const char
        *leaves_out; // the judge's word for what it does not run; NULL: nothing
};

struct submission {
    char file[PATH_LIMIT]; // FILE
    char name[PATH_LIMIT]; // "7.1-submit/late_result"
    char id[64];           // "7.1"
    char
        folder[PATH_LIMIT]; // OUTPUT/7.1-submit/late_result: what the judge is given
};

static void value_take(const char *row, const char *key, char value[TEXT_SIZE])
{
    size_t length = strlen(key);
    if (strncmp(row, key, length) == 0)
        snprintf(value, TEXT_SIZE, "%.*s", (int)strcspn(row + length, "\n"),
                 row + length);
}

static bool is_script(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".sh") == 0;
}

// Reads the comment that a file begins with. false when it does not say who catches it.
static bool expectation_read(const char *path, struct expectation *expectation)
{
    const char *mark = is_script(path) ? "#" : "//";
    char row[TEXT_SIZE], points[TEXT_SIZE] = "", with[TEXT_SIZE] = "",
                         loaded[TEXT_SIZE] = "";
    *expectation = (struct expectation){.points = NAN};
    FILE *file = fopen(path, "r");
    if (!file) return false;
    while (fgets(row, sizeof row, file) && strncmp(row, mark, strlen(mark)) == 0) {
        const char *text = row + strlen(mark);
        value_take(text, " caught by: ", expectation->caught_by);
        value_take(text, " says: ", expectation->says);
        value_take(text, " points: ", points);
        value_take(text, " with: ", with);
        value_take(text, " if loaded: ", loaded);
    }
    fclose(file);
    expectation->may_pend = strcmp(loaded, "pending") == 0;
    if (*points) expectation->points = atof(points);
    expectation->leaves_out = strcmp(with, "speed") == 0        ? NULL
                              : strcmp(with, "sanitizers") == 0 ? "untimed"
                                                                : "quick";
    return *expectation->caught_by != '\0';
}

static bool submission_name(struct submission *submission, const char *output,
                            const char *file)
{
    const char *slash = strrchr(file, '/'), *start = slash;
    while (start && start > file && start[-1] != '/') start--;
    const char *dash = start ? strchr(start, '-') : NULL;
    const char *end = strrchr(file, '.');
    if (!dash || dash > slash || !end || end < slash) return false;
    snprintf(submission->file, PATH_LIMIT, "%s", file);
    snprintf(submission->name, PATH_LIMIT, "%.*s", (int)(end - start), start);
    snprintf(submission->id, sizeof submission->id, "%.*s", (int)(dash - start),
             start);
    snprintf(submission->folder, PATH_LIMIT, "%.1000s/%.1000s", output,
             submission->name);
    return true;
}

static bool shell_run(const char *script)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    struct command command = {.arguments = arguments, .limit_s = 30};
    char text[TEXT_SIZE];
    return command_run(&command, text, sizeof text) == 0;
}

// Lays the file out as a student would hand it in: a folder with just submit.c in it.
static bool submission_lay(const struct submission *submission)
{
    char script[5 * PATH_LIMIT];
    const char *dash = strchr(submission->name, '-') + 1,
               *folder = submission->folder;
    int used = snprintf(script, sizeof script, "rm -rf '%s' && mkdir -p '%s' && ",
                        folder, folder);
    if (is_script(submission->file))
        snprintf(script + used, sizeof script - (size_t)used, "sh '%s' '%s'",
                 submission->file, folder);
    else
        snprintf(script + used, sizeof script - (size_t)used, "cp '%s' '%s/%.*s.c'",
                 submission->file, folder, (int)strcspn(dash, "/"), dash);
    return shell_run(script);
}

static json_t *submission_judge(const struct submission *submission,
                                const struct setting *setting,
                                const char *leaves_out)
{
    char results[PATH_LIMIT + 32], exercise[96], output[PATH_LIMIT + 32],
        text[TEXT_SIZE];
    snprintf(results, sizeof results, "%s/results.json", submission->folder);
    snprintf(exercise, sizeof exercise, "exercise=%s", submission->id);
    snprintf(output, sizeof output, "output=%s/build", submission->folder);
    const char *arguments[9] = {setting->judge, setting->root, submission->folder,
                                results,        exercise,      output};
    int count = 6;
    if (setting->box) arguments[count++] = setting->box;
    if (leaves_out) arguments[count++] = leaves_out;
    struct command command = {.arguments = arguments, .limit_s = JUDGE_LIMIT_S};
    int status = command_run(&command, text, sizeof text);
    return status == 0 || status == 1 ? json_load_file(results, 0, NULL) : NULL;
}

// Kills what the judge left running, which has become this program's own children; how many
// there were. What is just about to end gets the time to do so.
static unsigned remains_kill(void)
{
    enum { TRIES = 100, STEP_US = 10000 };
    static pid_t pids[PIDS_LIMIT];
    unsigned found = 0;
    for (int tries = 0; tries < TRIES; tries++) {
        pid_t ended;
        while ((ended = waitpid(-1, NULL, WNOHANG)) > 0)
            ;
        if (ended < 0) return 0;
        usleep(STEP_US);
    }
    for (unsigned count; (count = tree_pids(getpid(), pids, PIDS_LIMIT)) > 1;) {
        for (unsigned i = 1; i < count; i++) kill(pids[i], SIGKILL);
        found += count - 1;
        if (waitpid(-1, NULL, 0) < 0) break;
    }
    return found;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

// The first test that failed, or the one of that name; NULL when there is none.
static const json_t *test_find(const json_t *exercise, const char *name)
{
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        const char *status = text_of(test, "status");
        if (name ? strcmp(text_of(test, "name"), name) == 0
                 : strcmp(status, "failed") == 0 || strcmp(status, "error") == 0)
            return test;
    }
    return NULL;
}

static bool test_caught(const struct expectation *expected, const json_t *test,
                        char *why)
{
    if (test && expected->may_pend &&
        strcmp(text_of(test, "status"), "pending") == 0)
        return true;
    if (!test) {
        snprintf(why, TEXT_SIZE, "there is no test \"%.500s\"", expected->caught_by);
    } else if (strcmp(text_of(test, "status"), "failed") != 0) {
        snprintf(why, TEXT_SIZE, "\"%.300s\" %.50s: %.500s", expected->caught_by,
                 text_of(test, "status"), text_of(test, "message"));
    } else if (!strstr(text_of(test, "message"), expected->says)) {
        snprintf(why, TEXT_SIZE, "the message does not say \"%.200s\": %.700s",
                 expected->says, text_of(test, "message"));
    } else {
        return true;
    }
    return false;
}

static bool nothing_failed(const json_t *exercise, char *why)
{
    const json_t *test = test_find(exercise, NULL);
    if (test)
        snprintf(why, TEXT_SIZE, "\"%.200s\" %.50s: %.700s", text_of(test, "name"),
                 text_of(test, "status"), text_of(test, "message"));
    return !test;
}

static bool build_failed(const struct expectation *expected, const json_t *exercise,
                         char *why)
{
    const json_t *build = json_object_get(exercise, "build");
    const char *message = text_of(build, "message");
    if (strcmp(text_of(build, "status"), "ok") != 0 &&
        strstr(message, expected->says))
        return true;
    snprintf(why, TEXT_SIZE, "the build: %.50s %.900s", text_of(build, "status"),
             message);
    return false;
}

static bool points_right(const struct expectation *expected, const json_t *exercise,
                         char *why)
{
    double points = json_number_value(json_object_get(exercise, "points"));
    if (!expected->may_pend)
        points += json_number_value(json_object_get(exercise, "pending_points"));
    if (isnan(expected->points) || fabs(points - expected->points) < 0.01)
        return true;
    snprintf(why, TEXT_SIZE, "%.1f points with the pending ones, %.1f expected",
             points, expected->points);
    return false;
}

static bool verdict_right(const struct expectation *expected, const json_t *exercise,
                          char *why)
{
    bool is_right;
    if (strcmp(expected->caught_by, "build") == 0)
        is_right = build_failed(expected, exercise, why);
    else if (strcmp(expected->caught_by, "nothing") == 0)
        is_right = nothing_failed(exercise, why);
    else
        is_right =
            test_caught(expected, test_find(exercise, expected->caught_by), why);
    return is_right && points_right(expected, exercise, why);
}

static bool isolation_right(const struct setting *setting, const json_t *results,
                            char *why)
{
    const char *isolation = text_of(results, "isolation");
    if (!setting->box || strcmp(setting->box + strlen("box="), isolation) == 0)
        return true;
    snprintf(why, TEXT_SIZE, "judged in the box \"%.50s\"", isolation);
    return false;
}

// Could the machine not decide what this submission is about, and gave it nothing too much?
static bool is_open(const struct expectation *expected, const json_t *exercise)
{
    double points = json_number_value(json_object_get(exercise, "points"));
    if (points > expected->points + 0.01) return false;
    size_t index;
    const json_t *test;
    json_array_foreach(json_object_get(exercise, "tests"), index, test)
    {
        bool is_asked = strcmp(text_of(test, "kind"), "concurrency") == 0 ||
                        strcmp(text_of(test, "name"), expected->caught_by) == 0;
        if (is_asked && strcmp(text_of(test, "status"), "pending") == 0) return true;
    }
    return false;
}

static bool results_right(const struct setting *setting,
                          struct expectation *expected, const json_t *results,
                          char *why)
{
    const json_t *exercise =
        json_array_get(json_object_get(results, "exercises"), 0);
    expected->is_open = is_open(expected, exercise);
    if (!exercise) snprintf(why, TEXT_SIZE, "the judge gave no results");
    return exercise && isolation_right(setting, results, why) &&
           verdict_right(expected, exercise, why);
}

static bool file_check(const struct setting *setting, const char *file,
                       struct expectation *expected, char *why)
{
    struct submission submission;
    if (!expectation_read(file, expected) ||
        !submission_name(&submission, setting->output, file)) {
        snprintf(why, TEXT_SIZE, "it does not say what it expects");
        return false;
    }
    json_t *results =
        submission_lay(&submission)
            ? submission_judge(&submission, setting, expected->leaves_out)
            : NULL;
    bool is_right = results_right(setting, expected, results, why);
    json_decref(results);
    unsigned remains = remains_kill();
    if (remains) snprintf(why, TEXT_SIZE, "%u processes were left running", remains);
    return is_right && !remains;
}

// Judges one file and prints its row; false when the judge differs from what it expects. What
// this machine was too busy to decide is neither right nor wrong.
static bool row_print(const struct setting *setting, const char *file, int number)
{
    struct expectation expected = {.caught_by = ""};
    char why[TEXT_SIZE] = "";
    bool is_right = file_check(setting, file, &expected, why);
    if (!is_right && expected.is_open)
        printf("ok %d - %s: %s # SKIP too busy to decide: %s\n", number, file,
               expected.caught_by, why);
    else
        printf("%s %d - %s: %s\n", is_right ? "ok" : "not ok", number, file,
               expected.caught_by);
    if (!is_right && !expected.is_open) printf("#   %s\n", why);
    fflush(stdout);
    return is_right || expected.is_open;
}

int main(int count, char *values[])
{
    int failed = 0, first = 4;
    if (count < 5) {
        fprintf(stderr, "usage: matrix ROOT JUDGE OUTPUT [box=reduced] FILE...\n");
        return 2;
    }
    struct setting setting = {values[1], values[2], values[3], NULL};
    if (strncmp(values[first], "box=", 4) == 0) setting.box = values[first++];
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const char *seconds = getenv("MATRIX_SECONDS");
    time_t end = seconds ? time(NULL) + atoi(seconds) : 0;
    for (int i = first; i < count; i++) {
        int number = i - first + 1;
        if (end && time(NULL) > end)
            printf("ok %d - %s # SKIP the time for all was up\n", number, values[i]);
        else if (!row_print(&setting, values[i], number))
            failed++;
    }
    printf("1..%d\n", count - first);
    return failed != 0;
}
