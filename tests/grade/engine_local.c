// This machine: correctness side by side on all cores, what is timed one after the other, once the
// machine has been asked whether it is quiet.

#include "futures/futures.h"
#include "grade/class_progress.h"
#include "grade/engine.h"
#include "grade/quiet.h"
#include "grade/round.h"
#include "grade/text.h"
#include "judge/command.h"
#include "judge/folder_remove.h"
#include "judge/needed_memory.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUIET_LIMIT_S = 60, DRAW_MS = 1000, ONE_LIMIT_S = 3700 };

struct job {
    const struct course *course;
    const struct round *round;
    size_t number;
};

static atomic_uint next_slot = 1;
static _Thread_local unsigned own_slot; // 0: the main thread's

static int slot_take(void *unused)
{
    own_slot = atomic_fetch_add(&next_slot, 1);
    return 0;
}

// Runs the program that grades one number; the number's status.
static int number_run(const struct job *job)
{
    const struct course *course = job->course;
    char text[4096];
    char *program =
        text_format("%s/%s/tests/grade/one/main", course->root, course->built);
    char *number = text_format("%zu", job->number);
    char *workshop = text_format("%s/%u", course->workshop, own_slot);
    const char *const arguments[] = {program, course->root, job->round->folder,
                                     number,  workshop,     NULL};
    struct command command = {.arguments = arguments, .limit_s = ONE_LIMIT_S};
    int status = command_run(&command, text, sizeof text);
    if (status >= 0) status = round_status(job->round, job->number);
    free(workshop);
    free(number);
    free(program);
    return status > 0 ? -EIO : status;
}

static int job_task(const void *args, void *result)
{
    *(int *)result = number_run(args);
    return 0;
}

static size_t count_done(struct future *const futures[], size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) done += future_is_done(futures[i]);
    return done;
}

// What failed is tried once more, by itself.
static void futures_collect(struct future *futures[], const struct course *course,
                            const struct round *round, struct work work[])
{
    for (size_t i = 0; i < round->count; i++) {
        work[i].status = -ECHILD;
        future_result(futures[i], &work[i].status, 0);
        if (work[i].status)
            work[i].status = number_run(&(struct job){course, round, i});
        future_free(futures[i]);
    }
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

static void one_by_one(const struct course *course, const struct round *round,
                       const char *title, struct work work[])
{
    struct class_progress progress;
    quiet_ask();
    class_progress_begin(&progress, title, round->count);
    for (size_t i = 0; i < round->count; i++) {
        class_progress_tell(&progress, i);
        work[i].status = number_run(&(struct job){course, round, i});
    }
    class_progress_end(&progress, round->count);
}

static void side_by_side(const struct course *course, const struct round *round,
                         const char *title, struct work work[])
{
    struct class_progress progress;
    size_t count = round->count;
    struct pool_options options = {
        .workers = (int)course->jobs, .name = "grader", .initializer = slot_take};
    struct executor *executor = executor_create(EXECUTOR_THREADS, &options);
    if (!executor) { // then without it
        one_by_one(course, round, title, work);
        return;
    }
    struct future **futures = needed(calloc(count, sizeof *futures));
    class_progress_begin(&progress, title, count);
    for (size_t i = 0; i < count; i++) {
        struct job job = {course, round, i};
        futures[i] = needed(
            executor_submit(executor, job_task, &job, sizeof job, sizeof(int)));
    }
    while (futures_wait(futures, count, FUTURES_ALL_COMPLETED, DRAW_MS))
        class_progress_tell(&progress, count_done(futures, count));
    class_progress_end(&progress, count);
    executor_destroy(executor);
    futures_collect(futures, course, round, work);
    free(futures);
}

static int local_run(struct course *course, const char *title, struct work work[],
                     size_t count, bool is_alone)
{
    struct round round;
    int status = round_create(&round, course, work, count);
    for (size_t i = 0; i < count; i++) work[i].status = status;
    if (!status && is_alone)
        one_by_one(course, &round, title, work);
    else if (!status)
        side_by_side(course, &round, title, work);
    folder_remove(round.folder);
    round_close(&round);
    return 0;
}

// What a cluster is still at work on is not done here beside it.
static int local_open(struct course *course, char *text, size_t size)
{
    char *path = text_format("%s/round/array", course->out);
    bool is_there = access(path, F_OK) == 0;
    free(path);
    if (!is_there) return 0;
    snprintf(
        text, size,
        "A cluster is at work in %s: ENGINE=slurm goes on with it. To give it up, "
        "end the array (squeue, scancel) and remove %s/round.",
        course->out, course->out);
    return -EBUSY;
}

static int local_go_on(struct course *course)
{
    return 0;
}

const struct engine engine_local = {"local", local_open, local_go_on, local_run};
