// Judges submissions whose verdict is known, and says where the judge differs:
//
//     matrix ROOT JUDGE OUTPUT [box=reduced] FILE...
//
// A FILE stands in a folder named like its exercise (7.1-submit/late_result.c) and says in its
// first comment what is expected (expectation.h). A FILE that ends in .sh makes the submission
// in the folder that it is given. What a submission leaves running is killed and counts as a
// failure. One TAP line a submission; OUTPUT keeps each results.json. What a busy machine left
// open is skipped, and so is what is left when MATRIX_SECONDS (in the environment) have passed.

#include "judge/process_tree.h"
#include "mutants/comparison.h"
#include "mutants/submission.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIDS_LIMIT = 4096 };

// How far it is.
struct matrix {
    struct setting setting;
    time_t end; // 0: whenever
    int rows;
    int failed;
};

// Kills what the judge left running, which has become this program's own children; how many
// there were. What is just about to end gets the time to do so.
static unsigned remains_kill(void)
{
    enum { TRIES = 400, STEP_US = 10000 };
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

// One submission, made, judged and compared.
static bool submission_check(const struct setting *setting, const char *file,
                             const char *kind, const struct expectation *expected,
                             bool *is_open, char why[TEXT_SIZE])
{
    struct submission submission;
    if (!submission_name(&submission, setting->output, file, kind)) {
        snprintf(why, TEXT_SIZE, "it does not stand in an exercise's folder");
        return false;
    }
    json_t *results =
        submission_lay(&submission, setting)
            ? submission_judge(&submission, setting, expected->leaves_out)
            : NULL;
    bool is_right = results_right(expected, results, setting->box, why);
    *is_open = results_open(expected, results);
    json_decref(results);
    unsigned remains = remains_kill();
    if (remains) snprintf(why, TEXT_SIZE, "%u processes were left running", remains);
    return is_right && !remains;
}

// Judges one submission and prints its row. What this machine was too busy to decide is neither
// right nor wrong.
static void row_print(struct matrix *matrix, const char *file, const char *kind,
                      const struct expectation *expected)
{
    char why[TEXT_SIZE] = "", name[2 * TEXT_SIZE];
    int number = ++matrix->rows;
    snprintf(name, sizeof name, "%.900s%s%s: %s%.900s", file, kind ? " on " : "",
             kind ? kind : "", expected->is_alone ? "only " : "",
             expected->caught_by);
    if (matrix->end && time(NULL) >= matrix->end) {
        printf("ok %d - %s # SKIP there was no time left\n", number, name);
        return;
    }
    bool is_open = false;
    bool is_right =
        submission_check(&matrix->setting, file, kind, expected, &is_open, why);
    if (is_right)
        printf("ok %d - %s\n", number, name);
    else if (is_open)
        printf("ok %d - %s # SKIP too busy to decide: %s\n", number, name, why);
    else
        printf("not ok %d - %s\n#   %s\n", number, name, why);
    matrix->failed += !is_right && !is_open;
    fflush(stdout);
}

static void file_rows(struct matrix *matrix, const char *file)
{
    static const char *const kinds[] = {"threads", "processes"};
    struct expectation expected;
    if (!expectation_read(file, &expected)) {
        printf("not ok %d - %s\n#   it does not say what it expects\n",
               ++matrix->rows, file);
        matrix->failed++;
    } else if (!expected.is_of_each_kind) {
        row_print(matrix, file, NULL, &expected);
    } else {
        for (int i = 0; i < 2; i++) {
            struct expectation of_kind = expectation_on(&expected, kinds[i]);
            row_print(matrix, file, kinds[i], &of_kind);
        }
    }
}

int main(int count, char *values[])
{
    int first = 4;
    if (count < 5) {
        fprintf(stderr, "usage: matrix ROOT JUDGE OUTPUT [box=reduced] FILE...\n");
        return 2;
    }
    struct matrix matrix = {.setting = {values[1], values[2], values[3], NULL}};
    if (strncmp(values[first], "box=", 4) == 0) matrix.setting.box = values[first++];
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    const char *seconds = getenv("MATRIX_SECONDS");
    matrix.end = seconds ? time(NULL) + atoi(seconds) : 0;
    for (int i = first; i < count; i++) file_rows(&matrix, values[i]);
    printf("1..%d\n", matrix.rows);
    return matrix.failed > 0;
}
