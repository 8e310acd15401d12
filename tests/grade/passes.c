#include "grade/passes.h"
#include "futures/futures.h"
#include "grade/class_progress.h"
#include "grade/grading.h"
#include "grade/quiet.h"
#include "grade/result.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 3, QUIET_LIMIT_S = 60, DRAW_MS = 1000 };

struct job {
    const struct course *course;
    struct submission *submission;
    enum pass pass;
};

static atomic_uint next_slot = 1;
static _Thread_local unsigned own_slot; // 0: the main thread's

static int slot_take(void *unused)
{
    own_slot = atomic_fetch_add(&next_slot, 1);
    return 0;
}

static int job_task(const void *args, void *result)
{
    const struct job *job = args;
    *(int *)result = grading_run(job->course, job->submission, job->pass, own_slot);
    return 0;
}

// What the first pass has to do for a submission; false: nothing.
static bool job_make(struct job *job, const struct course *course,
                     struct submission *submission)
{
    json_t *result = result_load(course, submission);
    bool is_of = result && result_is_of(result, course, submission);
    bool is_due = !is_of || !result_is_whole(result, course);
    *job = (struct job){course, submission, is_of ? PASS_CONTINUE : PASS_ANEW};
    if (course->only) {
        is_due = strcmp(submission->id, course->only) == 0;
        job->pass = PASS_ANEW;
    }
    json_decref(result);
    return is_due;
}

static size_t count_done(struct future *const futures[], size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) done += future_is_done(futures[i]);
    return done;
}

static void job_end(const struct job *job, int status, unsigned *failures)
{
    if (!status) return;
    submission_flag(job->submission, "could not be graded: %s", strerror(-status));
    ++*failures;
}

// Runs the jobs side by side; what failed is tried once more, by itself.
static unsigned side_by_side(const struct job jobs[], size_t count, unsigned workers)
{
    struct class_progress progress;
    struct pool_options options = {
        .workers = (int)workers, .name = "grader", .initializer = slot_take};
    struct executor *executor = executor_create(EXECUTOR_THREADS, &options);
    struct future **futures = calloc(count, sizeof *futures);
    unsigned failures = 0;
    if (!executor || !futures) abort();
    class_progress_begin(&progress, "correctness", count);
    for (size_t i = 0; i < count; i++) {
        futures[i] =
            executor_submit(executor, job_task, &jobs[i], sizeof *jobs, sizeof(int));
        if (!futures[i]) abort();
    }
    while (futures_wait(futures, count, FUTURES_ALL_COMPLETED, DRAW_MS))
        class_progress_tell(&progress, count_done(futures, count));
    class_progress_end(&progress, count);
    executor_destroy(executor);
    for (size_t i = 0; i < count; i++) {
        int status = -ECHILD;
        future_result(futures[i], &status, 0);
        if (status) job_task(&jobs[i], &status);
        job_end(&jobs[i], status, &failures);
        future_free(futures[i]);
    }
    free(futures);
    return failures;
}

static bool is_open(const struct course *course, const struct submission *submission)
{
    json_t *result = result_load(course, submission);
    bool is_wanted = !course->only || strcmp(submission->id, course->only) == 0;
    bool is_due = result && is_wanted && result_is_of(result, course, submission) &&
                  result_is_open(result, course->is_quick);
    json_decref(result);
    return is_due;
}

static void quiet_ask(void)
{
    double part = quiet_busy_part(1000);
    if (part <= 0.1) return;
    fprintf(stderr, "The machine is busy (%.0f %%): waiting up to %d s for it.\n",
            100 * part, QUIET_LIMIT_S);
    part = quiet_wait(QUIET_LIMIT_S);
    if (part > 0.1)
        fprintf(stderr,
                "It still is (%.0f %%); what it cannot show stays pending.\n",
                100 * part);
}

// Runs what is open of everyone, one after the other; how many there were.
static size_t one_by_one(struct course *course, const char *title)
{
    struct submissions *submissions = &course->submissions;
    struct class_progress progress;
    size_t count = 0, done = 0;
    bool *is_due = calloc(submissions->count + 1, sizeof *is_due);
    if (!is_due) abort();
    for (size_t i = 0; i < submissions->count; i++)
        count += is_due[i] = is_open(course, submissions->all[i]);
    if (count) quiet_ask();
    if (count) class_progress_begin(&progress, title, count);
    for (size_t i = 0; i < submissions->count; i++) {
        if (!is_due[i]) continue;
        class_progress_tell(&progress, done);
        grading_run(course, submissions->all[i], PASS_OPEN, 0);
        done++;
    }
    if (count) class_progress_end(&progress, done);
    free(is_due);
    return count;
}

unsigned passes_run(struct course *course)
{
    struct submissions *submissions = &course->submissions;
    struct job *jobs = calloc(submissions->count + 1, sizeof *jobs);
    size_t count = 0;
    unsigned failures = 0;
    if (!jobs) abort();
    for (size_t i = 0; i < submissions->count; i++)
        count += job_make(&jobs[count], course, submissions->all[i]);
    if (count < submissions->count && !course->only)
        fprintf(stderr, "%zu of %zu are graded already.\n",
                submissions->count - count, submissions->count);
    if (count) failures = side_by_side(jobs, count, course->jobs);
    free(jobs);
    const char *title = course->is_quick ? "once more, alone" : "speed";
    for (int tries = 0; tries < TRIES; tries++) {
        if (!one_by_one(course, title)) break;
        title = "once more, later";
    }
    return failures;
}
