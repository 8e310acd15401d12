// The judge: grades one submission.
//
//     judge ROOT SUBMISSION RESULTS [exercise=7.2] [output=build/check] [box=full] [keep=FILE]
//           [quick] [answers] [untimed] [seed=1] [best=FILE] [from=RESULTS]
//
// ROOT is the project's folder, absolute; output, below it or absolute, gets what is built. With
// keep nothing runs after the first test that fails, whose request FILE then has, for a debugger.
// It exits with 0 when no point was lost (points and pending points make up the maximum), with
// 1 when one was, and with 2 when grading itself could not be done.

#include "judge/attempts.h"
#include "judge/best_scores.h"
#include "judge/box_choose.h"
#include "judge/build.h"
#include "judge/json_file.h"
#include "judge/needed_memory.h"
#include "judge/points.h"
#include "judge/table.h"
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { EXIT_FULL = 0, EXIT_LOST = 1, EXIT_UNABLE = 2 };

struct arguments {
    const char *root;
    const char *submission;
    const char *results;
    const char *exercise; // its id; NULL: all
    const char *output;
    const char *keep;    // the file for a request to debug; NULL: none
    enum isolation most; // no stronger box than this one
    bool is_quick;
    bool is_answers;
    bool is_untimed;
    uint32_t seed;        // 0: any
    const char *best;     // the file of best scores; NULL: none are kept
    const char *attempts; // the file of attempts; NULL: none are kept
    const char *from;     // results to go on from; NULL: none
};

// The isolation of that name, or -1.
static int isolation_find(const char *name)
{
    for (int isolation = ISOLATION_FULL; isolation >= 0; isolation--)
        if (strcmp(isolation_name((enum isolation)isolation), name) == 0)
            return isolation;
    return -1;
}

static bool arguments_read(struct arguments *arguments, int count, char *values[])
{
    if (count < 4) return false;
    *arguments = (struct arguments){.root = values[1],
                                    .submission = values[2],
                                    .results = values[3],
                                    .output = "build/check",
                                    .most = ISOLATION_FULL};
    for (int i = 4; i < count; i++) {
        if (strncmp(values[i], "exercise=", 9) == 0 && values[i][9])
            arguments->exercise = values[i] + 9;
        else if (strncmp(values[i], "output=", 7) == 0 && values[i][7])
            arguments->output = values[i] + 7;
        else if (strncmp(values[i], "box=", 4) == 0 &&
                 isolation_find(values[i] + 4) >= 0)
            arguments->most = (enum isolation)isolation_find(values[i] + 4);
        else if (strncmp(values[i], "keep=", 5) == 0 && values[i][5])
            arguments->keep = values[i] + 5;
        else if (strncmp(values[i], "seed=", 5) == 0 && values[i][5])
            arguments->seed = (uint32_t)strtoul(values[i] + 5, NULL, 10);
        else if (strncmp(values[i], "best=", 5) == 0 && values[i][5])
            arguments->best = values[i] + 5;
        else if (strncmp(values[i], "attempts=", 9) == 0 && values[i][9])
            arguments->attempts = values[i] + 9;
        else if (strncmp(values[i], "from=", 5) == 0 && values[i][5])
            arguments->from = values[i] + 5;
        else if (strcmp(values[i], "quick") == 0)
            arguments->is_quick = true;
        else if (strcmp(values[i], "answers") == 0)
            arguments->is_answers = arguments->is_quick = true;
        else if (strcmp(values[i], "untimed") == 0)
            arguments->is_untimed = true;
        else if (strcmp(values[i], "exercise=") != 0)
            return false;
    }
    return true;
}

// Builds, tests and counts one exercise. false when the judge could not.
static bool exercise_grade(struct exercise *exercise, struct rubric *rubric,
                           const struct build_place *place, const char *submission)
{
    char path[PATH_SIZE + 16], text[512] = "";
    int status = build_runner(exercise, place, submission);
    if (status) {
        fprintf(stderr, "grade: %s could not be built: %s\n", exercise->id,
                strerror(-status));
        return false;
    }
    rubric_add_exercise(rubric, exercise);
    snprintf(path, sizeof path, "%s/points.txt", exercise->tests);
    if (points_load(rubric, exercise, path, text, sizeof text)) {
        fprintf(stderr, "grade: %s\n", text);
        return false;
    }
    printf("checking %s %s ...\n", exercise->id, exercise->title);
    fflush(stdout);
    rubric_run(rubric);
    return true;
}

// The strongest box that works here, tried with this very project as what must stay hidden.
static struct box box_of(const struct arguments *arguments)
{
    char probe[PATH_SIZE], hidden[PATH_SIZE];
    snprintf(probe, sizeof probe, "%s/%s/tests/judge/probe/main", arguments->root,
             JUDGE_BUILT);
    snprintf(hidden, sizeof hidden, "%s/Makefile", arguments->root);
    return box_choose(probe, hidden, arguments->most);
}

// The exercises that are asked for; how many.
static unsigned exercises_choose(const char *id, struct exercise *chosen[])
{
    unsigned count, kept = 0;
    struct exercise *all = exercises(&count);
    for (unsigned i = 0; i < count; i++)
        if (!id || strcmp(all[i].id, id) == 0) chosen[kept++] = &all[i];
    return kept;
}

// Gives the points, keeps what outlives this check, and tells the results.
static int grading_close(const struct arguments *arguments,
                         const struct grading *grading, struct rubric *rubric)
{
    int kept = arguments->best ? best_scores_keep(rubric, arguments->best) : 0;
    if (kept) fprintf(stderr, "grade: %s: %s\n", arguments->best, strerror(-kept));
    points_assign(rubric);
    struct points_sum sum = points_sum(rubric, NULL);
    bool is_full = sum.points + sum.pending_points >= sum.max_points - 0.05;
    // (where only the answers were asked for, and are right, the attempt goes on)
    const char *attempts =
        arguments->is_answers && is_full ? NULL : arguments->attempts;
    kept = attempts ? attempts_add(grading, arguments->is_quick, attempts) : 0;
    if (kept) fprintf(stderr, "grade: %s: %s\n", attempts, strerror(-kept));
    int status = results_write(grading, arguments->results);
    if (status)
        fprintf(stderr, "grade: %s: %s\n", arguments->results, strerror(-status));
    table_print(grading);
    if (status) return EXIT_UNABLE;
    return is_full ? EXIT_FULL : EXIT_LOST;
}

static int grade(const struct arguments *arguments)
{
    struct exercise *chosen[EXERCISE_LIMIT];
    struct rubric rubric;
    struct box box = box_of(arguments);
    struct build_place place = {arguments->root, JUDGE_BUILT, arguments->output};
    struct grading grading = {arguments->submission,
                              &box,
                              0,
                              &rubric,
                              (const struct exercise *const *)chosen,
                              0};
    grading.exercise_count = exercises_choose(arguments->exercise, chosen);
    if (grading.exercise_count == 0) {
        fprintf(stderr, "grade: there is no exercise %s\n", arguments->exercise);
        return EXIT_UNABLE;
    }
    int status = rubric_init(&rubric, arguments->is_quick);
    if (status) {
        fprintf(stderr, "grade: no memory for the rubric: %s\n", strerror(-status));
        return EXIT_UNABLE;
    }
    rubric.is_answers = arguments->is_answers;
    rubric.is_untimed = arguments->is_untimed;
    if (arguments->from) rubric.earlier = json_file_read(arguments->from);
    grading.seed = arguments->seed;
    if (!grading.seed && getrandom(&grading.seed, 4, 0) != 4) {
        fprintf(stderr, "grade: no random numbers: %s\n", strerror(errno));
        return EXIT_UNABLE;
    }
    srand((unsigned)grading.seed);
    for (unsigned i = 0; i < grading.exercise_count; i++) {
        chosen[i]->box = &box;
        chosen[i]->seed = grading.seed;
        chosen[i]->keep = arguments->keep;
        if (!exercise_grade(chosen[i], &rubric, &place, arguments->submission))
            return EXIT_UNABLE;
    }
    return grading_close(arguments, &grading, &rubric);
}

// Check ends the program, with words about itself alone, where it cannot start a test.
static pid_t judge; // this process, not a test's
static bool is_done;

static void end_tell(void)
{
    if (getpid() == judge && !is_done)
        fprintf(stderr,
                "grade: the tests could not be run to their end; nothing was "
                "graded.\n");
}

int main(int count, char *values[])
{
    struct arguments arguments;
    if (!arguments_read(&arguments, count, values)) {
        fprintf(stderr,
                "usage: judge ROOT SUBMISSION RESULTS [exercise=ID] [output=DIR] "
                "[box=none|reduced|full] [quick] [answers] [untimed] [seed=N] "
                "[best=FILE] "
                "[from=RESULTS]\n");
        return EXIT_UNABLE;
    }
    signal(SIGPIPE, SIG_IGN);
    needed_by_jansson();
    judge = getpid();
    atexit(end_tell);
    int status = grade(&arguments);
    is_done = true;
    return status;
}
