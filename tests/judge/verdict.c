#include "judge/verdict.h"
#include "judge/median.h"
#include <math.h>
#include <stdio.h>

enum {
    PASS_ROUNDS = 4,
    PASS_PROOFS = 3,
    PAIR_ROUNDS = 8,
    FAIR_ROUNDS = 6,
    SLOW_ROUNDS = 12, // for a fail that rests on processor time
    QUIET_ROUNDS = 7,
    CALM_ROUNDS = 15,
    CREDIT_ROUNDS = 20 // for a pass that is not yet worth the full points
};

static const double GREY = 0.05; // values this near the threshold are not told apart
static const double HIGH =
    0.25; // this far above it, the schedule is surely parallel
static const double FAIR_SPREAD = 0.15;
static const double ABLE =
    0.875; // of two processors: S twice at once reaches it where neither slows the other
static const double ALONE = 1.15; // so little is what one worker reaches

// What the run wanted: processors kept busy, those that it waited for included.
static double demand(const struct run_cost *cost)
{
    int64_t wait_ns = cost->wait_ns < 0 ? 0 : cost->wait_ns;
    return (double)(cost->cpu_ns + wait_ns) / (double)cost->wall_ns;
}

static double round_par(const struct round *round, int processors)
{
    double par = fmin(demand(&round->student), processors);
    return round->student.in_flight < 0 ? par : fmin(par, round->student.in_flight);
}

// Nothing disturbed: two spinning threads had two processors, S and P hardly waited.
static bool round_is_quiet(const struct round *round, int processors)
{
    double attained = processors * (double)round->spin_one.wall_ns /
                      (double)round->spin_all.wall_ns;
    const struct run_cost *student = &round->student, *baseline = &round->baseline;
    bool waited = student->wait_ns >= 0 && student->wait_ns > student->cpu_ns / 20;
    return demand(&round->spin_all) >= 0.9 * processors &&
           attained >= 0.85 * processors && !waited &&
           (double)baseline->wall_ns <= 1.1 * (double)baseline->cpu_ns;
}

// The system let the workers wait about equally long, and two spinning threads were seen to
// run or wait all the time (under a quota that nobody told of they are not), so that par is the
// schedule's.
static bool round_is_fair(const struct round *round, int processors)
{
    const struct run_cost *student = &round->student;
    return student->wait_ns >= 0 && demand(&round->spin_all) >= 0.7 * processors &&
           (double)student->wait_spread_ns <= FAIR_SPREAD * (double)student->wall_ns;
}

// How much faster S is done twice at once than twice one after the other.
static double round_attainable(const struct round *round, int processors)
{
    return fmin(demand(&round->twice), processors) * 2 *
           (double)round->baseline.cpu_ns / (double)round->twice.cpu_ns;
}

struct speed speed_start(double expected, int processors)
{
    return (struct speed){.verdict = VERDICT_NOT_RUN,
                          .workers = processors,
                          .expected = expected,
                          .threshold = 1 + 0.4 * (expected - 1),
                          .estimate = NAN,
                          .par = NAN,
                          .v0 = NAN,
                          .vq = NAN,
                          .vq_most = NAN,
                          .attainable = NAN,
                          .demand = NAN,
                          .in_flight = NAN,
                          .extra = NAN,
                          .seen = NAN,
                          .task_us = NAN};
}

// What a diagnosis needs beyond the verdict.
static void symptoms(struct speed *speed, const struct round rounds[], int count)
{
    double demands[ROUND_LIMIT], tasks_us[ROUND_LIMIT], seen[ROUND_LIMIT];
    double in_flight[ROUND_LIMIT];
    int traced = 0;
    for (int i = 0; i < count; i++) {
        const struct run_cost *student = &rounds[i].student;
        demands[i] = demand(student);
        seen[i] = (double)rounds[i].baseline.wall_ns / (double)student->wall_ns;
        if (student->in_flight < 0 || student->tasks == 0) continue;
        in_flight[traced] = student->in_flight;
        tasks_us[traced++] = (double)student->cpu_ns / 1e3 / (double)student->tasks;
    }
    speed->demand = median_of(demands, (size_t)count);
    speed->seen = median_of(seen, (size_t)count);
    speed->in_flight = median_of(in_flight, (size_t)traced);
    speed->task_us = median_of(tasks_us, (size_t)traced);
}

// What two processors could do just now, by the rounds that asked.
static void attainable_find(struct speed *speed, const struct round rounds[],
                            int count, int processors)
{
    double reached[ROUND_LIMIT];
    for (int i = 0; i < count; i++)
        if (rounds[i].twice.wall_ns > 0 && round_is_quiet(&rounds[i], processors))
            reached[speed->twice_rounds++] =
                round_attainable(&rounds[i], processors);
    speed->attainable = quantile_of(reached, (size_t)speed->twice_rounds, 0.25);
}

// The figures of all rounds: v0, vq, par, proofs and how many rounds of each sort.
static struct speed evidence(const struct round rounds[], int count, double expected,
                             int processors)
{
    struct speed speed = speed_start(expected, processors);
    double pars[ROUND_LIMIT], fair[ROUND_LIMIT], quiet[ROUND_LIMIT];
    double work[ROUND_LIMIT], quiet_pars[ROUND_LIMIT];
    double least_s = INFINITY, least_p = INFINITY;
    for (int i = 0; i < count; i++) {
        least_s = fmin(least_s, (double)rounds[i].baseline.cpu_ns);
        least_p = fmin(least_p, (double)rounds[i].student.cpu_ns);
    }
    for (int i = 0; i < count; i++) {
        const struct round *round = &rounds[i];
        double par = round_par(round, processors);
        pars[i] = par;
        double wall_ns = (double)round->student.wall_ns;
        speed.proofs += least_s / wall_ns >= speed.threshold;
        speed.pairs += (double)round->baseline.cpu_ns / wall_ns >= speed.threshold;
        if (round_is_fair(round, processors)) fair[speed.fair_rounds++] = par;
        work[i] = (double)round->baseline.cpu_ns / (double)round->student.cpu_ns;
        if (!round_is_quiet(round, processors)) continue;
        quiet_pars[speed.quiet_rounds] = par;
        quiet[speed.quiet_rounds++] = par * work[i];
    }
    speed.rounds = count;
    speed.par = median_of(pars, (size_t)count);
    double fair_par =
        speed.fair_rounds ? median_of(fair, (size_t)speed.fair_rounds) : speed.par;
    speed.fair_par = fair_par;
    speed.v0 = fair_par * least_s / least_p;
    speed.v_most =
        fair_par * fmax(least_s / least_p, median_of(work, (size_t)count));
    speed.quiet_par = median_of(quiet_pars, (size_t)speed.quiet_rounds);
    speed.vq = median_of(quiet, (size_t)speed.quiet_rounds);
    speed.vq_most = quantile_of(quiet, (size_t)speed.quiet_rounds, 0.75);
    speed.extra = least_p / least_s;
    symptoms(&speed, rounds, count);
    attainable_find(&speed, rounds, count, processors);
    speed.estimate = speed.quiet_rounds >= QUIET_ROUNDS
                         ? fmin(speed.v_most, speed.vq)
                         : speed.v_most;
    return speed;
}

// Where processors are now fast and now slow, S may have found a fast one in a single round, and
// no P ever after: then two thirds of many rounds, each compared in itself, will do.
static bool is_fast(const struct speed *speed, double least)
{
    if (speed->rounds < PASS_ROUNDS) return false;
    if (speed->proofs >= PASS_PROOFS && speed->v0 > least) return true;
    return speed->rounds >= PAIR_ROUNDS && 3 * speed->pairs >= 2 * speed->rounds &&
           speed->v_most > least;
}

static bool has_passed(const struct speed *speed)
{
    double least = speed->threshold - GREY;
    return is_fast(speed, least) && speed->par > least;
}

// What is wanted at the same time does not depend on how fast the processors are. How much
// processor time the work took does, and the processors of a virtual machine are now fast and
// now slow, each for itself, and two that are busy slow each other down. So where processor time
// is what says it, it takes twice as many rounds, and no gain at all.
static bool falls_short(double par, double speedup, int rounds, double least)
{
    return speedup <= least &&
           (par <= least || (rounds >= SLOW_ROUNDS && speedup <= ALONE));
}

// Beyond that, code is not parallel that works one after the other on a quiet machine, however
// fast it does.
static bool has_failed(const struct speed *speed)
{
    double least = speed->threshold - GREY;
    bool is_quiet = speed->quiet_rounds >= QUIET_ROUNDS;
    if (is_quiet && speed->quiet_par <= ALONE) return true;
    if (speed->proofs > 1) return false;
    return (speed->fair_rounds >= FAIR_ROUNDS &&
            falls_short(speed->fair_par, speed->v_most, speed->fair_rounds,
                        least)) ||
           (is_quiet &&
            falls_short(speed->quiet_par, speed->vq, speed->quiet_rounds, least));
}

// Why there is no verdict.
static void reason_tell(struct speed *speed)
{
    bool is_alone = speed->proofs > 1 && speed->par <= speed->threshold - GREY;
    if (is_alone)
        snprintf(
            speed->reason, sizeof speed->reason,
            "it is fast, but %.1f of %d workers had work on average: not because "
            "they work at the same time",
            speed->par, speed->workers);
    else if (speed->quiet_rounds >= QUIET_ROUNDS)
        snprintf(speed->reason, sizeof speed->reason,
                 "the measurements are too near to the limit, or to each other too "
                 "unlike, to tell");
    else
        snprintf(speed->reason, sizeof speed->reason,
                 "%d of %d rounds were quiet: other programs were using the "
                 "processors",
                 speed->quiet_rounds, speed->rounds);
}

static double credit_of(double estimate, double expected)
{
    double fifths = ceil((estimate - 1) / (expected - 1) * 5 - 1e-9) / 5;
    return fmin(1, fmax(0.6, fifths));
}

// Points are lost only where two processors were able, round after round, to do what is asked
// of them, and the better rounds would not have earned more.
static bool credit_is_final(const struct speed *speed)
{
    if (speed->credit >= 1) return true;
    return speed->twice_rounds >= QUIET_ROUNDS &&
           speed->attainable >= ABLE * speed->workers &&
           credit_of(speed->vq_most, speed->expected) <= speed->credit;
}

struct speed speed_weigh(const struct round rounds[], int count, double expected,
                         int processors, bool is_last)
{
    struct speed speed = evidence(rounds, count, expected, processors);
    bool is_hopeless =
        count >= CALM_ROUNDS && speed.quiet_rounds == 0 && speed.proofs == 0;
    if (has_passed(&speed)) {
        speed.verdict = VERDICT_PASS;
        speed.credit = speed_credit(&speed);
        speed.is_credit_final = credit_is_final(&speed);
        bool is_enough = speed.is_credit_final || is_last || count >= CREDIT_ROUNDS;
        if (!is_enough) speed.verdict = VERDICT_NOT_RUN;
    } else if (has_failed(&speed)) {
        speed.verdict = VERDICT_FAIL;
    } else if (is_last || is_hopeless || count >= ROUND_LIMIT) {
        bool is_parallel = speed.fair_rounds >= FAIR_ROUNDS &&
                           speed.v0 >= speed.threshold + HIGH &&
                           rounds[0].student.in_flight >= 0;
        speed.verdict = is_parallel ? VERDICT_UNPROVEN : VERDICT_UNMEASURED;
        reason_tell(&speed);
    }
    return speed;
}

bool speed_wants_twice(const struct speed *speed)
{
    return has_passed(speed) && speed_credit(speed) < 1;
}

double speed_credit(const struct speed *speed)
{
    return credit_of(speed->estimate, speed->expected);
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {"not-run", "pass", "fail", "unproven",
                                        "unmeasured"};
    return names[verdict];
}
