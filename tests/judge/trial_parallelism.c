// Concurrency of code that computes, without a clock that load could push: what the threads
// wanted, ran or waited for, over the time it took, times how much less they ran than the
// sequential code. A helper that spins beside a sequential loop doubles the first factor and
// halves the second.

#include <math.h>
#include <stdlib.h>
#include "judge/trial.h"

enum { RUNS = 3, RUNS_LIMIT = 9, PROCESSORS = 2 };

static const double GREY = 0.05;
static const double ALONE = 0.9; // of the work, done by one thread: then it did all
static const double WASTE =
    1.35; // so much more processor time is a reason of its own

struct samples {
    int count;
    double par[RUNS_LIMIT];
    double value[RUNS_LIMIT];
    double extra[RUNS_LIMIT];
};

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(const double values[], int count)
{
    double sorted[RUNS_LIMIT];
    if (count == 0) return NAN;
    for (int i = 0; i < count; i++) sorted[i] = values[i];
    qsort(sorted, (size_t)count, sizeof *sorted, by_value);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

static bool is_calm(const struct run_cost *baseline)
{
    return (double)baseline->wall_ns <= 1.1 * (double)baseline->cpu_ns;
}

// An unknown wait can only be taken for none where nobody had to wait.
static void sample_add(struct samples *samples, const struct run_cost *baseline,
                       const struct run_cost *student)
{
    if (student->wait_ns < 0 && !is_calm(baseline)) return;
    int64_t wait_ns = student->wait_ns < 0 ? 0 : student->wait_ns;
    double cpu_ns = (double)student->cpu_ns;
    double par =
        fmin((cpu_ns + (double)wait_ns) / (double)student->wall_ns, PROCESSORS);
    double extra = cpu_ns / (double)baseline->cpu_ns, value = par / extra;
    bool is_alone = (double)student->longest_ns > ALONE * (double)baseline->cpu_ns;
    samples->par[samples->count] = par;
    samples->extra[samples->count] = extra;
    samples->value[samples->count++] = is_alone ? fmin(value, 1) : value;
}

int trial_parallelism(struct trial *trial, double threshold,
                      struct parallelism *parallelism)
{
    struct samples samples = {0};
    bool is_quiet = true;
    for (int run = 0; run < RUNS_LIMIT; run++) {
        struct run_cost baseline, student;
        if (trial_pair(trial, &baseline, &student)) return -1;
        sample_add(&samples, &baseline, &student);
        is_quiet = is_quiet && is_calm(&baseline);
        *parallelism = (struct parallelism){
            median(samples.par, samples.count), median(samples.value, samples.count),
            median(samples.extra, samples.count), student};
        bool is_enough =
            parallelism->value >= threshold && parallelism->par >= threshold - GREY;
        if (samples.count >= RUNS && (is_quiet || is_enough)) break;
    }
    if (samples.count < RUNS) parallelism->value = NAN;
    return 0;
}

static const char *const kind_words[][2] = {
    {"EXECUTOR_THREADS", "several processes"},
    {"EXECUTOR_PROCESSES", "threads of one process"},
};

// Asked for threads, they got processes, or the other way round.
static bool kind_is_wrong(const struct line *line, const struct run_cost *cost)
{
    if (cost->wait_ns < 0 || cost->busy_threads < 2) return false;
    return (line->executor == EXECUTOR_PROCESSES) != (cost->busy_processes > 1);
}

static void parallelism_fail(struct line *line, const struct parallelism *found)
{
    const struct run_cost *cost = &found->last;
    if (cost->threads <= 1)
        line_fail(
            line, "nothing in parallel",
            "One thread did all of the work. Give the work to an executor, in "
            "several tasks, and ask for the first result when all are submitted.");
    else if (found->par >= PROCESSORS * 0.8 && found->extra > WASTE)
        line_fail(line, "more work",
                  "%d threads are busy at the same time, but together they compute "
                  "%.1f times as long as the sequential code. What do they do "
                  "besides: work that is done twice, or waiting in a loop?",
                  cost->busy_threads, found->extra);
    else if (found->par >= PROCESSORS * 0.8)
        line_fail(line, "one does it all",
                  "One thread did nearly all of the work, whatever the others did. "
                  "Divide the work into tasks of about the same size.");
    else if (cost->threads > 4 * PROCESSORS)
        line_fail(
            line, "one at a time",
            "%d threads or processes took part, but on average %.2f computed at "
            "a time. Is each one waited for before the next begins? Start all "
            "workers, then wait.",
            cost->threads, found->par);
    else
        line_fail(
            line, "one at a time",
            "There are workers, but on average %.2f of them compute at a time. Is "
            "a result waited for before the next submit, a lock held during the "
            "work, or all of the work in one task?",
            found->par);
}

void trial_judge_parallelism(struct trial *trial, double expected)
{
    struct line *line = trial->line;
    struct parallelism found;
    double threshold = speed_start(expected, PROCESSORS).threshold;
    if (trial_size(trial) || trial_parallelism(trial, threshold, &found)) return;
    if (isnan(found.value))
        line_pend(line, "unmeasured: the workers ended without a trace while other "
                        "programs were using the processors");
    else if (found.value < threshold || found.par < threshold - GREY)
        parallelism_fail(line, &found);
    else if (kind_is_wrong(line, &found.last))
        line_fail(
            line, "wrong kind of worker",
            "The call asked for %s, and the work was done by %s: hand `kind` on "
            "to executor_create.",
            kind_words[line->executor == EXECUTOR_PROCESSES][0],
            kind_words[line->executor == EXECUTOR_PROCESSES][1]);
    else
        line_pass(line);
}
