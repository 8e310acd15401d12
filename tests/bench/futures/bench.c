// Our pools beside the peers, and beside what the machine itself takes:
//     bench PEERS-FOLDER RESULTS.json [ROUNDS]
// All take turns, round by round; ratios are medians of the rounds' ratios. A peer whose
// program could not be built is said to be missing.

#include "bench/bench.h"
#include "limits.h"
#include "peers.h"
#include "subjects.h"
#include "futures/trace.h"

enum { OURS = 2, CRASHES = 9, IDLE_S = 2 };
enum {
    EMPTY_COUNT = 100000,
    HOT_COUNT = 5000,
    IDLE_COUNT = 2000, // the scheduler settles after some hundred wake-ups
    BURN_COUNT = 10000
};

// What is measured, by the numbers of enum order_kind, and then 10 us one by one.
static const char *const measures[] = {
    "empty tasks",  "round trip hot",         "round trip idle", "10 us tasks",
    "50 ms sleeps", "10 us tasks one by one", "map of 10 us"};

static struct subject ours[OURS], sleepers[OURS], traced;
static double values[OURS][MEASURES][MOST_ROUNDS];
static double crash[MOST_ROUNDS], trace_cost[MOST_ROUNDS], idle_cpu[MOST_ROUNDS];
static double line_trip[MOST_ROUNDS], futex_trip[MOST_ROUNDS],
    allocation[MOST_ROUNDS];
static double thread_start[MOST_ROUNDS], fork_wait[MOST_ROUNDS],
    one_task[MOST_ROUNDS];
static double unit[MOST_ROUNDS]; // all 1
static size_t rounds = 7;

// ---- ours

static void our_round(int which, size_t round)
{
    struct subject *subject = &ours[which];
    double(*own)[MOST_ROUNDS] = values[which];
    double task_s = one_task[round], seconds;
    double batches[ORDER_BATCHES];
    for (int i = 0; i < ORDER_BATCHES; i++)
        batches[i] = subject_batch(subject, ORDER_EMPTY, EMPTY_COUNT, 0);
    seconds = bench_median(batches, ORDER_BATCHES);
    own[ORDER_EMPTY][round] =
        measured_value(ORDER_EMPTY, seconds, EMPTY_COUNT, task_s);
    own[ORDER_HOT][round] = 1e9 * subject_trips(subject, ORDER_HOT, HOT_COUNT);
    own[ORDER_IDLE][round] = 1e9 * subject_trips(subject, ORDER_IDLE, IDLE_COUNT);
    seconds = subject_batch(subject, ORDER_BURN, BURN_COUNT, TURNS);
    own[ORDER_BURN][round] = measured_value(ORDER_BURN, seconds, BURN_COUNT, task_s);
    seconds = subject_one_by_one(subject, ORDER_BURN, BURN_COUNT, TURNS);
    own[ONE_BY_ONE][round] = measured_value(ORDER_BURN, seconds, BURN_COUNT, task_s);
    seconds = subject_map(subject, ORDER_BURN, BURN_COUNT, TURNS);
    own[ONE_BY_ONE + 1][round] =
        measured_value(ORDER_BURN, seconds, BURN_COUNT, task_s);
    seconds = subject_batch(&sleepers[which], ORDER_SLEEP, SLEEPERS, 0);
    own[ORDER_SLEEP][round] = measured_value(ORDER_SLEEP, seconds, SLEEPERS, task_s);
}

// What tracing adds to the time of a batch, in nanoseconds a task: beside the same pool without.
static double cost_of_trace(void)
{
    trace_clear(traced.trace);
    double plain = subject_batch(&ours[0], ORDER_BURN, BURN_COUNT, 100);
    double with = subject_batch(&traced, ORDER_BURN, BURN_COUNT, 100);
    return (with - plain) / BURN_COUNT * 1e9;
}

static void limits_round(size_t round)
{
    line_trip[round] = 1e9 * limit_cache_line_trip();
    futex_trip[round] = 1e9 * limit_futex_trip();
    allocation[round] = 1e9 * limit_malloc_free();
    thread_start[round] = 1e9 * limit_thread_create_join();
    fork_wait[round] = 1e9 * limit_fork_wait();
    one_task[round] = limit_burn(TURNS);
    unit[round] = 1;
}

// ---- the tables

static const char *unit_of(int measure)
{
    static const char *const units[] = {
        "tasks/s", "ns", "ns", "% of ideal", "ms", "% of ideal", "% of ideal"};
    return units[measure];
}

static bool is_less_better(int measure)
{
    return measure == ORDER_HOT || measure == ORDER_IDLE || measure == ORDER_SLEEP;
}

static void add_ratio(struct bench *bench, int measure, int which,
                      const char *against, const double *theirs)
{
    const double *own = values[which][measure];
    bench_ratio(bench, measures[measure], ours[which].name, against,
                is_less_better(measure) ? bench_median_ratio(theirs, own, rounds)
                                        : bench_median_ratio(own, theirs, rounds));
}

static void add_limits(struct bench *bench)
{
    static double ideal[MOST_ROUNDS], sleep_ms[MOST_ROUNDS];
    bench_row(bench, "limit", "cache line trip", "ns", line_trip, rounds);
    bench_row(bench, "limit", "futex trip, one core", "ns", futex_trip, rounds);
    bench_row(bench, "limit", "malloc and free", "ns", allocation, rounds);
    bench_row(bench, "limit", "thread create+join", "ns", thread_start, rounds);
    bench_row(bench, "limit", "fork and wait", "ns", fork_wait, rounds);
    for (size_t i = 0; i < rounds; i++) ideal[i] = 100, sleep_ms[i] = SLEEP_US / 1e3;
    for (int which = 0; which < OURS; which++) {
        add_ratio(bench, ORDER_HOT, which, "limit", line_trip);
        add_ratio(bench, ORDER_IDLE, which, "limit", futex_trip);
        add_ratio(bench, ORDER_BURN, which, "ideal", ideal);
        add_ratio(bench, ONE_BY_ONE, which, "ideal", ideal);
        add_ratio(bench, ONE_BY_ONE + 1, which, "ideal", ideal);
        add_ratio(bench, ORDER_SLEEP, which, "ideal", sleep_ms);
    }
}

static void add_peers(struct bench *bench)
{
    for (int measure = 0; measure <= ORDER_SLEEP; measure++)
        for (int i = 0; i < PEERS; i++) {
            if (peers[i].missing) continue;
            bench_row(bench, measures[measure], peers[i].name, unit_of(measure),
                      peers[i].values[measure], rounds);
            for (int which = 0; which < OURS; which++)
                add_ratio(bench, measure, which, peers[i].name,
                          peers[i].values[measure]);
        }
}

static void add_all(struct bench *bench)
{
    for (int measure = 0; measure < MEASURES; measure++)
        for (int which = 0; which < OURS; which++)
            bench_row(bench, measures[measure], ours[which].name, unit_of(measure),
                      values[which][measure], rounds);
    bench_row(bench, "crash seen", "process pool", "ns", crash, rounds);
    bench_row(bench, "cost of a trace", "thread pool", "ns/task", trace_cost,
              rounds);
    bench_row(bench, "idle for 2 s", "both pools", "CPU s", idle_cpu, 1);
    bench_ratio(bench, "crash seen", "process pool", "limit",
                bench_median_ratio(fork_wait, crash, rounds));
    add_limits(bench);
    add_peers(bench);
}

int main(int argc, char *argv[])
{
    if (argc < 3) bench_die("PEERS-FOLDER RESULTS.json [ROUNDS]");
    if (argc > 3) rounds = strtoul(argv[3], NULL, 10);
    if (rounds < 1 || rounds > MOST_ROUNDS) bench_die("1 to %d rounds", MOST_ROUNDS);
    subject_open(&ours[1], "process pool", EXECUTOR_PROCESSES, WORKERS, false);
    subject_open(&sleepers[1], "process pool", EXECUTOR_PROCESSES, SLEEPERS, false);
    subject_open(&ours[0], "thread pool", EXECUTOR_THREADS, WORKERS, false);
    subject_open(&sleepers[0], "thread pool", EXECUTOR_THREADS, SLEEPERS, false);
    subject_open(&traced, "thread pool", EXECUTOR_THREADS, WORKERS, true);
    peers_open(argv[1]);
    for (size_t round = 0; round < rounds; round++) {
        limits_round(round);
        for (int which = 0; which < OURS; which++) our_round(which, round);
        crash[round] = 1e9 * subject_crash(&ours[1], CRASHES);
        trace_cost[round] = cost_of_trace();
        peers_round(round, one_task[round]);
    }
    idle_cpu[0] = subject_idle_cpu(IDLE_S);
    peers_close();
    for (int which = 0; which < OURS; which++) {
        subject_close(&ours[which]);
        subject_close(&sleepers[which]);
    }
    subject_close(&traced);
    struct bench *bench = bench_create("futures");
    add_all(bench);
    return bench_finish(bench, argv[2]);
}
