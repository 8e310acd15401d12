#include "grade/passes.h"
#include "grade/engine.h"
#include "grade/result.h"
#include "judge/needed_memory.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3 };

// What the first pass has to do for a submission; false: nothing.
static bool is_due(struct work *work, const struct course *course,
                   struct submission *submission)
{
    json_t *result = result_load(course, submission);
    bool is_of = result && result_is_of(result, course, submission);
    bool is_due = !is_of || !result_is_whole(result, course);
    *work = (struct work){submission, is_of ? PASS_CONTINUE : PASS_ANEW, 0};
    if (course->only) {
        is_due = strcmp(submission->id, course->only) == 0;
        work->pass = PASS_ANEW;
    }
    json_decref(result);
    return is_due;
}

// Says that some of a pass failed, and why the first of them did; how many.
static unsigned failures_tell(const char *title, const struct work work[],
                              size_t count)
{
    const struct work *first = NULL;
    unsigned failures = 0;
    for (size_t i = count; i-- > 0;) {
        if (!work[i].status) continue;
        first = &work[i];
        failures++;
    }
    if (first)
        fprintf(stderr,
                "grade: %s: %u of %zu could not be graded; %s: %s. The same command "
                "goes on.\n",
                title, failures, count, first->submission->id,
                strerror(-first->status));
    return failures;
}

// Builds and tests everyone who needs it, and flags whom it could not grade. 0 or a negative errno.
static int correctness_run(struct course *course, struct work work[],
                           unsigned *failures)
{
    const struct submissions *submissions = &course->submissions;
    size_t count = 0;
    int status = 0;
    for (size_t i = 0; i < submissions->count; i++)
        count += is_due(&work[count], course, submissions->all[i]);
    if (count < submissions->count && !course->only)
        fprintf(stderr, "%zu of %zu are graded already.\n",
                submissions->count - count, submissions->count);
    if (count)
        status = course->engine->run(course, "correctness", work, count, false);
    for (size_t i = 0; i < count; i++)
        if (work[i].status)
            submission_flag(work[i].submission, "could not be graded: %s",
                            strerror(-work[i].status));
    *failures = status ? (unsigned)count : failures_tell("correctness", work, count);
    return status;
}

static bool is_open(const struct course *course, const struct submission *submission)
{
    json_t *result = result_load(course, submission);
    bool is_wanted = !course->only || strcmp(submission->id, course->only) == 0;
    bool answer = result && is_wanted && result_is_of(result, course, submission) &&
                  result_is_open(result, course->is_quick);
    json_decref(result);
    return answer;
}

// Runs what is open of everyone, each alone. 0 or a negative errno: -ENODATA, there is none.
static int open_run(struct course *course, const char *title, struct work work[],
                    unsigned *failures)
{
    const struct submissions *submissions = &course->submissions;
    size_t count = 0;
    for (size_t i = 0; i < submissions->count; i++)
        if (is_open(course, submissions->all[i]))
            work[count++] = (struct work){submissions->all[i], PASS_OPEN, 0};
    int status =
        count ? course->engine->run(course, title, work, count, true) : -ENODATA;
    *failures = status ? (unsigned)count : failures_tell(title, work, count);
    return status;
}

unsigned passes_run(struct course *course)
{
    struct work *work = needed(calloc(course->submissions.count + 1, sizeof *work));
    unsigned failures = 0, left_open = 0;
    const char *title = course->is_quick ? "once more, alone" : "speed";
    int status = course->engine->go_on(course);
    if (!status) status = correctness_run(course, work, &failures);
    for (int tries = 0; tries < TRIES && !status; tries++) {
        status = open_run(course, title, work, &left_open);
        title = "once more, later";
    }
    free(work);
    return failures + left_open + (status && status != -ENODATA);
}
