// Concurrency of code that computes, without a clock that load could push: what the threads
// wanted, ran or waited for, over the time it took, times how much less they ran than the
// sequential code. A helper that spins beside a sequential loop doubles the first factor and
// halves the second.
//
// Less work (half of the pairs, a better formula) would hide such a helper. So the sequential
// code is also the student's own, asked for one worker, and of several workers the busiest
// thread must do clearly less than the whole. That is seen on one processor, whose threads take
// turns. On two, one of four honest workers often has a processor for itself, run after run,
// and does half. Two runs must show it: one may meet processors half as fast again as the others.
//
// Load can push it where threads that were woken have nothing to do: for a lock that somebody
// else took meanwhile, or to look for the next task. They wait for a processor that they would
// not have used. So a pass takes one run, too, in which more than one processor was in use.
// Without it the work was one at a time if two spinning threads did have two processors before
// and after, and otherwise nothing is decided: a neighbour may leave room for a moment.

#include "judge/trial.h"
#include "judge/median.h"
#include "judge/runner_process.h"
#include <math.h>

enum {
    RUNS = 3,
    RUNS_LIMIT = 15,
    POSSIBLE = 6,
    ALONE_RUNS = 7,
    DIVIDED_RUNS = 2,
    PROCESSORS = 2
};

static const double GREY = 0.05;
static const double ALONE = 0.9; // of the work, done by one thread: then it did all
static const double LEAST =
    1.2; // value of what is parallel; clumsy is for speed to judge
static const double OVERLAP = 1.15; // processors in use: surely more than one
static const double SPIN_OVERLAP = 1.5;
static const double QUIET_OVERLAP = 1.8;
static const double GIVEN_SHARE = 0.435; // half the pairs, one after the other: 0.5
static const double OWN_SHARE = 0.525;   // the last of 4 blocks of a triangle: 0.44
static const double HELPED = 1.25;       // of one worker's time; more is a helper's
static const double WASTE =
    1.35; // so much more processor time is a reason of its own

struct samples {
    int runs;
    int count; // of those whose waits are known, or were none
    int blind; // how many of these had waits that nobody could see
    double par[RUNS_LIMIT];
    double value[RUNS_LIMIT];
    int alone; // runs in which one thread did all
    double extra[RUNS_LIMIT];
    double given_ns;            // the least so far: of the baseline,
    double own_ns;              // of P with one worker,
    double most_ns[RUNS_LIMIT]; // of the busiest thread of P on one processor
};

// What P takes when it is asked for one worker. In a share, a helper beside that one, which is
// there whatever is asked for, counts a quarter at most.
static int own_run(const struct trial *trial, struct samples *samples,
                   double *cpu_ns)
{
    struct run_cost cost;
    struct trial alone = *trial;
    alone.workers = 1;
    if (trial_student(&alone, &cost)) return -1;
    *cpu_ns = (double)cost.cpu_ns;
    double own_ns = fmin(*cpu_ns, HELPED * (double)cost.longest_ns);
    samples->own_ns = fmin(samples->own_ns, own_ns);
    return 0;
}

// Their order is the runs', and stays.
static double median(const double values[], int count)
{
    double copy[RUNS_LIMIT];
    for (int i = 0; i < count; i++) copy[i] = values[i];
    return median_of(copy, (size_t)count);
}

static double overlap_of(const struct run_cost *cost)
{
    return (double)cost->cpu_ns / (double)cost->wall_ns;
}

// The baseline had a processor for itself, and two spinning threads had two: a neighbour may
// leave the one alone and yet take the other away.
static bool is_quiet(const struct run_cost *baseline, double spin_overlap)
{
    return (double)baseline->wall_ns <= 1.1 * (double)baseline->cpu_ns &&
           spin_overlap >= QUIET_OVERLAP;
}

// An unknown wait can only be taken for none where nobody had to wait.
static void sample_add(struct samples *samples, const struct run_cost *baseline,
                       const struct run_cost *student, double own_ns, bool was_quiet)
{
    if (student->wait_ns < 0 && !was_quiet) return;
    int64_t wait_ns = student->wait_ns < 0 ? 0 : student->wait_ns;
    double cpu_ns = (double)student->cpu_ns;
    double par =
        fmin((cpu_ns + (double)wait_ns) / (double)student->wall_ns, PROCESSORS);
    double extra = cpu_ns / fmin((double)baseline->cpu_ns, own_ns);
    double value = par / extra;
    bool is_alone = (double)student->longest_ns > ALONE * (double)baseline->cpu_ns;
    samples->alone += is_alone;
    samples->blind += student->wait_ns < 0;
    samples->par[samples->count] = par;
    samples->extra[samples->count] = extra;
    samples->value[samples->count++] = is_alone ? fmin(value, 1) : value;
}

// How often no thread of P did much more than its part.
static int divided_runs(const struct samples *samples)
{
    int divided = 0;
    for (int i = 0; i <= samples->runs; i++)
        divided += samples->most_ns[i] <= GIVEN_SHARE * samples->given_ns &&
                   samples->most_ns[i] <= OWN_SHARE * samples->own_ns;
    return divided;
}

static bool is_parallel(const struct parallelism *found, double threshold)
{
    return found->value >= LEAST && found->par >= threshold - GREY &&
           found->overlap >= OVERLAP;
}

static void shares_update(struct samples *samples, const struct run_cost *baseline,
                          const struct run_cost *narrow, struct parallelism *found)
{
    samples->given_ns = fmin(samples->given_ns, (double)baseline->cpu_ns);
    samples->most_ns[samples->runs] = (double)narrow->longest_ns;
    double least_ns = INFINITY;
    for (int i = 0; i <= samples->runs; i++)
        least_ns = fmin(least_ns, samples->most_ns[i]);
    found->given_share = least_ns / samples->given_ns;
    found->own_share = least_ns / samples->own_ns;
    found->divided = divided_runs(samples);
}

// A wait that was not seen makes par too small and never too large: then the greatest counts.
static void medians_update(const struct samples *samples, struct parallelism *found)
{
    found->par = median(samples->par, samples->count);
    found->value = median(samples->value, samples->count);
    found->extra = median(samples->extra, samples->count);
    if (!samples->blind || 2 * samples->alone > samples->count) return;
    for (int i = 0; i < samples->count; i++)
        found->par = fmax(found->par, samples->par[i]);
    found->value = found->par / found->extra;
}

// P and P's work by one worker, between two looks at what the machine gives: *spin_overlap is
// the lesser.
static int student_runs(struct trial *trial, struct samples *samples,
                        struct run_cost *student, double *own_ns,
                        double *spin_overlap)
{
    struct run_cost before, after;
    if (own_run(trial, samples, own_ns)) return -1;
    if (trial_spin(trial, PROCESSORS, &before)) return -1;
    if (trial_student(trial, student)) return -1;
    if (trial_spin(trial, PROCESSORS, &after)) return -1;
    *spin_overlap = fmin(overlap_of(&before), overlap_of(&after));
    return 0;
}

// One more set of runs; *was_quiet turns false when something disturbed it.
static int run_add(struct trial *trial, struct samples *samples,
                   struct parallelism *found, bool *was_quiet)
{
    struct run_cost baseline, student, narrow;
    double own_ns, spin_overlap;
    if (trial_baseline(trial, &baseline)) return -1;
    if (student_runs(trial, samples, &student, &own_ns, &spin_overlap)) return -1;
    if (trial_student_narrow(trial, &narrow)) return -1;
    trial_scale(&baseline, &student);
    bool is_quiet_now = is_quiet(&baseline, spin_overlap);
    shares_update(samples, &baseline, &narrow, found);
    sample_add(samples, &baseline, &student, own_ns, is_quiet_now);
    *was_quiet = *was_quiet && is_quiet_now;
    found->overlap = fmax(found->overlap, overlap_of(&student));
    if (student.busy_threads > found->busy) found->busy = student.busy_threads;
    found->possible += spin_overlap >= SPIN_OVERLAP;
    medians_update(samples, found);
    found->last = student;
    return 0;
}

// Did one thread do the work, run after run? Load may starve the others of an honest run, but
// not of seven in a row, nor of four in five.
static bool is_sequential(const struct samples *samples,
                          const struct parallelism *found)
{
    if (found->last.threads <= 1 && found->last.wait_ns >= 0) return true;
    if (samples->count < ALONE_RUNS) return false;
    return samples->alone == samples->count ||
           (samples->count == RUNS_LIMIT &&
            samples->alone * 5 >= samples->count * 4);
}

// Some honest runs meet slower processors than the baseline did: that is no proof before it was
// so in many.
static enum parallelism_outcome outcome_of(const struct samples *samples,
                                           const struct parallelism *found,
                                           double threshold, bool was_quiet)
{
    bool is_last = samples->runs == RUNS_LIMIT,
         is_early = samples->count < ALONE_RUNS;
    bool is_wanted = is_parallel(found, threshold);
    if (samples->count < RUNS) return PARALLELISM_UNKNOWN;
    if (is_wanted && found->divided >= DIVIDED_RUNS) return PARALLELISM_SEEN;
    bool is_at_once = found->par >= threshold - GREY && found->overlap >= OVERLAP;
    if (is_at_once && is_early) return PARALLELISM_UNKNOWN;
    if (was_quiet || is_sequential(samples, found)) return PARALLELISM_MISSING;
    bool was_possible = found->possible >= POSSIBLE || !found->divided;
    return is_last && was_possible ? PARALLELISM_MISSING : PARALLELISM_UNKNOWN;
}

int trial_parallelism(struct trial *trial, double threshold,
                      struct parallelism *found)
{
    struct samples samples = {.given_ns = INFINITY, .own_ns = INFINITY};
    bool was_quiet = true;
    *found = (struct parallelism){.outcome = PARALLELISM_UNKNOWN};
    while (found->outcome == PARALLELISM_UNKNOWN && samples.runs < RUNS_LIMIT) {
        if (run_add(trial, &samples, found, &was_quiet)) return -1;
        samples.runs++;
        found->outcome = outcome_of(&samples, found, threshold, was_quiet);
    }
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

static void parallelism_fail(struct line *line, const struct parallelism *found,
                             int workers, bool is_wanted)
{
    const struct run_cost *cost = &found->last;
    if (cost->threads <= 1)
        line_fail(
            line, "nothing in parallel",
            "One thread did all of the work. Give the work to an executor, in "
            "several tasks, and ask for the first result when all are submitted.");
    else if (is_wanted)
        line_fail(
            line, "one does too much",
            "Asked for %d workers, the busiest thread still did %d %% of what "
            "the work takes when nobody helps. Divide it among as many workers "
            "as are asked for, into tasks of about the same size.",
            workers, (int)(100 * fmax(found->given_share, found->own_share)));
    else if (found->busy > 1 && found->extra > WASTE)
        line_fail(line, "more work",
                  "%d threads are busy at the same time, but together they compute "
                  "%.1f times as long as the sequential code. What do they do "
                  "besides: work done twice, waiting in a loop, tasks too small?",
                  found->busy, found->extra);
    else if (found->overlap >= OVERLAP)
        line_fail(line, "one does it all",
                  "One thread did nearly all of the work, whatever the others did. "
                  "Divide the work into tasks of about the same size.");
    else if (cost->threads > 4 * PROCESSORS)
        line_fail(
            line, "one at a time",
            "%d threads or processes took part, but on average %.2f computed at "
            "a time. Is each one waited for before the next begins? Start all "
            "workers, then wait.",
            cost->threads, found->overlap);
    else
        line_fail(
            line, "one at a time",
            "There are workers, but only about %.1f of them compute at a time. Is "
            "a result waited for before the next submit, a lock held during the "
            "work, or all of the work in one task?",
            found->par);
}

void trial_judge_parallelism(struct trial *trial, double expected)
{
    struct line *line = trial->line;
    struct parallelism found;
    double threshold = speed_start(expected, PROCESSORS).threshold;
    runner_sample_set(true);
    if (trial_size(trial) || trial_parallelism(trial, threshold, &found)) return;
    char why[160];
    if (found.outcome == PARALLELISM_UNKNOWN &&
        trial_processors(why, sizeof why) < PROCESSORS)
        line_pend(line, "not run: %s", why);
    else if (found.outcome == PARALLELISM_UNKNOWN)
        line_pend(line,
                  "unmeasured: in %d runs other programs left the workers no two "
                  "processors at the same time, or the workers wait for each other",
                  RUNS_LIMIT);
    else if (found.outcome == PARALLELISM_MISSING)
        parallelism_fail(line, &found, trial->workers,
                         is_parallel(&found, threshold));
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
