// The judge: grades one submission.
//
//     judge ROOT SUBMISSION RESULTS [exercise=7.2] [output=build/check] [quick]
//
// ROOT is the project's folder, absolute; output, below it, gets what is built for it.
// It exits with 0 when no point was lost (points and pending points make up the maximum), with
// 1 when one was, and with 2 when grading itself could not be done.

#include "judge/build.h"
#include "judge/points.h"
#include "judge/table.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { EXIT_FULL = 0, EXIT_LOST = 1, EXIT_UNABLE = 2 };

struct arguments {
    const char *root;
    const char *submission;
    const char *results;
    const char *exercise; // its id; NULL: all
    const char *output;
    bool is_quick;
};

static bool arguments_read(struct arguments *arguments, int count, char *values[])
{
    if (count < 4) return false;
    *arguments = (struct arguments){values[1], values[2], values[3], NULL, "build/check",
                                     false};
    for (int i = 4; i < count; i++) {
        if (strncmp(values[i], "exercise=", 9) == 0 && values[i][9])
            arguments->exercise = values[i] + 9;
        else if (strncmp(values[i], "output=", 7) == 0 && values[i][7])
            arguments->output = values[i] + 7;
        else if (strcmp(values[i], "quick") == 0)
            arguments->is_quick = true;
        else if (strcmp(values[i], "exercise=") != 0)
            return false;
    }
    return true;
}

// Builds, tests and counts one exercise. false when the judge could not.
static bool exercise_grade(struct exercise *exercise, struct rubric *rubric,
                           const struct build_place *place, const char *submission)
{
    char path[PATH_SIZE], text[512] = "";
    int status = build_runner(exercise, place, submission);
    if (status) {
        fprintf(stderr, "grade: %s could not be built: %s\n", exercise->id,
                strerror(-status));
        return false;
    }
    rubric_add_exercise(rubric, exercise);
    snprintf(path, sizeof path, "%s/tests/%s/points.txt", place->root,
             exercise->folder);
    if (points_load(rubric, exercise, path, text, sizeof text)) {
        fprintf(stderr, "grade: %s\n", text);
        return false;
    }
    printf("checking %s %s ...\n", exercise->id, exercise->title);
    fflush(stdout);
    rubric_run(rubric);
    return true;
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

static int grade(const struct arguments *arguments)
{
    struct exercise *chosen[EXERCISE_LIMIT];
    struct rubric rubric;
    struct box box = box_choose();
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
    if (rubric_init(&rubric, arguments->is_quick)) return EXIT_UNABLE;
    if (getrandom(&grading.seed, 4, 0) != 4) return EXIT_UNABLE;
    srand((unsigned)grading.seed);
    for (unsigned i = 0; i < grading.exercise_count; i++) {
        chosen[i]->box = &box;
        if (!exercise_grade(chosen[i], &rubric, &place, arguments->submission))
            return EXIT_UNABLE;
    }
    points_assign(&rubric);
    int status = results_write(&grading, arguments->results);
    if (status)
        fprintf(stderr, "grade: %s: %s\n", arguments->results, strerror(-status));
    table_print(&grading);
    struct points_sum sum = points_sum(&rubric, NULL);
    if (status) return EXIT_UNABLE;
    return sum.points + sum.pending_points >= sum.max_points - 0.05 ? EXIT_FULL
                                                                    : EXIT_LOST;
}

int main(int count, char *values[])
{
    struct arguments arguments;
    if (!arguments_read(&arguments, count, values)) {
        fprintf(stderr,
                "usage: judge ROOT SUBMISSION RESULTS [exercise=ID] [output=DIR] "
                        "[quick]\n");
        return EXIT_UNABLE;
    }
    signal(SIGPIPE, SIG_IGN);
    return grade(&arguments);
}
