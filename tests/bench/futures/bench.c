// Our pools beside the peers, and beside what the machine itself takes:
//     bench PEERS-FOLDER RESULTS.json [ROUNDS]
// All take turns, round by round; ratios are medians of the rounds' ratios. A peer whose
// program could not be built is said to be missing.

#include "bench/bench.h"
#include "bench/peer.h"
#include "limits.h"
#include "subjects.h"
#include "futures/trace.h"

enum { MOST_ROUNDS = 50, WORKERS = 2, SLEEPERS = 16, TURNS = 9200, IDLE_S = 2 };
enum { MEASURES = 7, ONE_BY_ONE = 5, OURS = 2, CRASHES = 9 };
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
static const char *const words[] = {"empty", "hot", "idle", "burn", "sleep"};

// A peer: how many tasks make a measurement of reasonable length, by enum order_kind.
static struct entry {
    const char *name;
    const char *python; // its argument, or NULL: a program of that name
    int counts[5];
    bool missing;
    struct peer two, many; // with WORKERS, with SLEEPERS
    double values[MEASURES][MOST_ROUNDS];
} peers[] = {
    {.name = "glib", .counts = {100000, 500, 100, 5000, SLEEPERS}},
    {.name = "libuv", .counts = {100000, 500, 100, 5000, SLEEPERS}},
    {.name = "tbb", .counts = {100000, 5000, 100, 5000, SLEEPERS}},
    {.name = "tbb-promise", .counts = {100000, 500, 100, 5000, SLEEPERS}},
    {.name = "openmp", .counts = {100000, 2000, 100, 5000, SLEEPERS}},
    {.name = "std-async", .counts = {2000, 500, 100, 2000, SLEEPERS}},
    {.name = "thread-per-task", .counts = {2000, 500, 100, 2000, SLEEPERS}},
    {.name = "python-threads",
     .python = "threads",
     .counts = {5000, 300, 100, 1000, SLEEPERS}},
    {.name = "python-processes",
     .python = "processes",
     .counts = {1000, 300, 100, 1000, SLEEPERS}},
};
enum { PEERS = sizeof peers / sizeof *peers };

static struct subject ours[OURS], sleepers[OURS], traced;
static double values[OURS][MEASURES][MOST_ROUNDS];
static double crash[MOST_ROUNDS], trace_cost[MOST_ROUNDS], idle_cpu[MOST_ROUNDS];
static double line_trip[MOST_ROUNDS], futex_trip[MOST_ROUNDS],
    allocation[MOST_ROUNDS];
static double thread_start[MOST_ROUNDS], fork_wait[MOST_ROUNDS],
    one_task[MOST_ROUNDS];
static double unit[MOST_ROUNDS]; // all 1
static size_t rounds = 7;

// ---- peers

static void open_peer(struct entry *entry, struct peer *peer, const char *folder,
                      int workers)
{
    char path[512], number[20];
    snprintf(number, sizeof number, "%d", workers);
    if (entry->python) {
        const char *script = "tests/bench/futures/peers/python.py";
        peer_open(peer,
                  (const char *[]){"python3", script, entry->python, number, NULL});
    } else {
        snprintf(path, sizeof path, "%s/%s", folder, entry->name);
        peer_open(peer, (const char *[]){path, number, NULL});
    }
}

static void open_peers(const char *folder)
{
    char path[512];
    for (int i = 0; i < PEERS; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, peers[i].name);
        peers[i].missing = peers[i].python ? system("python3 -c '' 2>/dev/null") != 0
                                           : access(path, X_OK) != 0;
        if (peers[i].missing) printf("%s is missing here\n", peers[i].name);
        if (peers[i].missing) continue;
        open_peer(&peers[i], &peers[i].two, folder, WORKERS);
        open_peer(&peers[i], &peers[i].many, folder, SLEEPERS);
    }
}

// From seconds to what is written: a rate, a time, a part of the ideal.
static double value_of(int kind, double seconds, int count, double task_s)
{
    switch (kind) {
    case ORDER_EMPTY:
        return count / seconds;
    case ORDER_HOT:
    case ORDER_IDLE:
        return seconds * 1e9;
    case ORDER_SLEEP:
        return seconds * 1e3;
    }
    return 100 * count * task_s / WORKERS / seconds;
}

static void peer_round(struct entry *entry, size_t round)
{
    char order[60];
    if (entry->missing) return;
    for (int kind = 0; kind <= ORDER_SLEEP; kind++) {
        int count = entry->counts[kind];
        snprintf(order, sizeof order, "%s %d %d", words[kind], count, TURNS);
        double seconds =
            peer_run(kind == ORDER_SLEEP ? &entry->many : &entry->two, order);
        double task_s = entry->python ? 10e-6 : one_task[round];
        entry->values[kind][round] = value_of(kind, seconds, count, task_s);
    }
}

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
    own[ORDER_EMPTY][round] = value_of(ORDER_EMPTY, seconds, EMPTY_COUNT, task_s);
    own[ORDER_HOT][round] = 1e9 * subject_trips(subject, ORDER_HOT, HOT_COUNT);
    own[ORDER_IDLE][round] = 1e9 * subject_trips(subject, ORDER_IDLE, IDLE_COUNT);
    seconds = subject_batch(subject, ORDER_BURN, BURN_COUNT, TURNS);
    own[ORDER_BURN][round] = value_of(ORDER_BURN, seconds, BURN_COUNT, task_s);
    seconds = subject_one_by_one(subject, ORDER_BURN, BURN_COUNT, TURNS);
    own[ONE_BY_ONE][round] = value_of(ORDER_BURN, seconds, BURN_COUNT, task_s);
    seconds = subject_map(subject, ORDER_BURN, BURN_COUNT, TURNS);
    own[ONE_BY_ONE + 1][round] = value_of(ORDER_BURN, seconds, BURN_COUNT, task_s);
    seconds = subject_batch(&sleepers[which], ORDER_SLEEP, SLEEPERS, 0);
    own[ORDER_SLEEP][round] = value_of(ORDER_SLEEP, seconds, SLEEPERS, task_s);
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
    open_peers(argv[1]);
    for (size_t round = 0; round < rounds; round++) {
        limits_round(round);
        for (int which = 0; which < OURS; which++) our_round(which, round);
        crash[round] = 1e9 * subject_crash(&ours[1], CRASHES);
        trace_cost[round] = cost_of_trace();
        for (int i = 0; i < PEERS; i++) peer_round(&peers[i], round);
    }
    idle_cpu[0] = subject_idle_cpu(IDLE_S);
    for (int i = 0; i < PEERS; i++) {
        if (peers[i].missing) continue;
        peer_close(&peers[i].two);
        peer_close(&peers[i].many);
    }
    for (int which = 0; which < OURS; which++) {
        subject_close(&ours[which]);
        subject_close(&sleepers[which]);
    }
    subject_close(&traced);
    struct bench *bench = bench_create("futures");
    add_all(bench);
    return bench_finish(bench, argv[2]);
}
