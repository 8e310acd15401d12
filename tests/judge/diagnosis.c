#include "judge/diagnosis.h"
#include <math.h>
#include <stdio.h>

static const double ALONE = 1.15;  // at most so many at once is one after the other
static const double OVERLAP = 1.6; // so many at once is what two workers should have
static const double MORE_WORK = 1.25;   // so much more processor time is not noise
static const double SMALL_TASK_US = 20; // about what it costs to hand a task over

static void more_work_tell(const struct speed *speed, struct diagnosis *diagnosis)
{
    diagnosis->name = "more work";
    snprintf(
        diagnosis->text, sizeof diagnosis->text,
        "fail: together the workers used %.1f times the processor time of the "
        "sequential "
        "code. Is something computed again by every task, or do workers write to "
        "neighbouring memory (false sharing)?",
        speed->extra);
}

static void small_tasks_tell(const struct speed *speed, struct diagnosis *diagnosis)
{
    diagnosis->name = "tasks too small";
    snprintf(diagnosis->text, sizeof diagnosis->text,
             "fail: a task takes %.0f millionths of a second on average, hardly "
             "more than it "
             "costs to hand it over. Give each task more of the work.",
             speed->task_us);
}

static void alone_tell(const struct speed *speed, struct diagnosis *diagnosis)
{
    bool has_tasks = isfinite(speed->in_flight) && speed->in_flight > 0.5;
    diagnosis->name = has_tasks ? "submit-then-wait" : "nothing in parallel";
    if (has_tasks)
        snprintf(
            diagnosis->text, sizeof diagnosis->text,
            "fail: %d workers, but %.2f tasks in flight on average: each result is "
            "waited for before the next submit, or the pool has one worker. Submit "
            "all, then collect.",
            speed->workers, speed->in_flight);
    else
        snprintf(diagnosis->text, sizeof diagnosis->text,
                 "fail: %d workers, but %.2f of them had work on average: nothing "
                 "runs at "
                 "the same time. Give the work to an executor, in several tasks.",
                 speed->workers, speed->par);
}

static void overlap_tell(const struct speed *speed, struct diagnosis *diagnosis)
{
    bool waits = isfinite(speed->in_flight) && speed->in_flight >= OVERLAP;
    diagnosis->name = waits ? "one big lock" : "unequal parts";
    if (waits)
        snprintf(diagnosis->text, sizeof diagnosis->text,
                 "fail: %.1f tasks are in flight on average, but they use %.1f "
                 "processors: "
                 "they wait for each other, as behind one lock. What must the lock "
                 "guard?",
                 speed->in_flight, speed->demand);
    else
        snprintf(
            diagnosis->text, sizeof diagnosis->text,
            "fail: %.1f of %d workers had work on average: some end long before the "
            "others. Cut the work into more, or more equal, tasks.",
            speed->par, speed->workers);
}

static void fail_tell(const struct speed *speed, struct diagnosis *diagnosis)
{
    bool is_small = isfinite(speed->task_us) && speed->task_us < SMALL_TASK_US;
    if (is_small)
        small_tasks_tell(speed, diagnosis);
    else if (speed->par >= speed->threshold - 0.05 || speed->extra > MORE_WORK)
        more_work_tell(speed, diagnosis);
    else if (speed->par < ALONE && !(speed->in_flight >= OVERLAP))
        alone_tell(speed, diagnosis);
    else
        overlap_tell(speed, diagnosis);
}

struct diagnosis speed_diagnose(const struct speed *speed)
{
    struct diagnosis diagnosis = {.name = ""};
    switch (speed->verdict) {
    case VERDICT_PASS:
        break;
    case VERDICT_FAIL:
        fail_tell(speed, &diagnosis);
        break;
    case VERDICT_UNPROVEN:
        diagnosis.name = "waiting for a free core";
        snprintf(
            diagnosis.text, sizeof diagnosis.text,
            "unproven: your schedule would reach %.1f on %d free processors; this "
            "machine gave it %.1f: another program was running",
            speed->v0, speed->workers, speed->seen);
        break;
    case VERDICT_UNMEASURED:
        diagnosis.name = "waiting for a free core";
        snprintf(diagnosis.text, sizeof diagnosis.text, "unmeasured: %s",
                 speed->reason);
        break;
    default:
        snprintf(diagnosis.text, sizeof diagnosis.text, "not run: %s",
                 speed->reason);
    }
    return diagnosis;
}
