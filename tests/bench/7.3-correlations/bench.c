// 7.3 side by side: the solution that students see and the top of the ladder; pandas, numpy
// and a BLAS library; and what the machine can do at most.
//     bench PEERS FOLDER RESULTS.json [ROUNDS]
// All take turns, round by round, the peak too: machines slow down and recover. Ratios are
// medians of the rounds' ratios.
//
// The peak is counted in operations that are needed: r is symmetric, so n (n + 1) / 2 dot
// products of m values, each m multiplications and m additions. Whoever does more, mirrored
// pairs or means, has done it for nothing; what is not computing, as making unit vectors,
// writing r and choosing the best pair, counts as time alone.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "bench/bench.h"
#include "bench/fma_peak.h"
#include "bench/peer.h"
#include "subjects.h"

enum { MOST_ROUNDS = 50, PEERS = 8, SIZES = 4, PEAK_TRIES = 3 };
static const double PEAK_S = 0.03;

// The sizes at which the slow ones take part: the others would take minutes.
enum { MOST_FOR_LOOP = 30, MOST_FOR_FRAME = 200 };

static const size_t sizes[SIZES][2] = {
    {30, 2500}, {200, 2500}, {1000, 2500}, {4000, 1000}};

// Another program, which may be missing.
struct contestant {
    const char *name; // of the library
    const char *subject;
    const char *verb;
    const char *settings[2]; // of its environment
    bool is_there;
    struct peer peer;
    double seconds[MOST_ROUNDS];
};

static struct contestant peers[PEERS] = {
    {.name = "numpy",
     .subject = "numpy 1 thread",
     .verb = "numpy",
     .settings = {"OPENBLAS_NUM_THREADS=1", "A=1"}},
    {.name = "numpy",
     .subject = "numpy 2 threads",
     .verb = "numpy",
     .settings = {"OPENBLAS_NUM_THREADS=2", "A=1"}},
    // An OpenBLAS older than the processor chooses code for an older one.
    {.name = "numpy",
     .subject = "numpy 2, AVX-512",
     .verb = "numpy",
     .settings = {"OPENBLAS_NUM_THREADS=2", "OPENBLAS_CORETYPE=SkylakeX"}},
    {.name = "dsyrk",
     .subject = "dsyrk 1 thread",
     .verb = "dsyrk",
     .settings = {"OPENBLAS_NUM_THREADS=1", "OMP_WAIT_POLICY=passive"}},
    {.name = "dsyrk",
     .subject = "dsyrk 2 threads",
     .verb = "dsyrk",
     .settings = {"OPENBLAS_NUM_THREADS=2", "OMP_WAIT_POLICY=passive"}},
    {.name = "dsyrk",
     .subject = "dsyrk 2, AVX-512",
     .verb = "dsyrk",
     .settings = {"OPENBLAS_NUM_THREADS=2", "OPENBLAS_CORETYPE=SkylakeX"}},
    {.name = "pandas-loop",
     .subject = "pandas-loop",
     .verb = "loop",
     .settings = {"OPENBLAS_NUM_THREADS=2", "A=1"}},
    {.name = "pandas-corr",
     .subject = "pandas-corr",
     .verb = "frame",
     .settings = {"OPENBLAS_NUM_THREADS=2", "A=1"}},
};

// Seconds of every round, and operations a second.
static double sequential[MOST_ROUNDS], two_at_once[MOST_ROUNDS];
static double reference[2][MOST_ROUNDS]; // threads, processes
static double ladder[2][MOST_ROUNDS];    // on one and on two threads
static double peak[2][MOST_ROUNDS];      // of one and of two threads
static size_t rounds = 7;

static bool is_python(const struct contestant *peer)
{
    return strcmp(peer->verb, "dsyrk") != 0;
}

static bool is_possible(const struct contestant *peer, const char *dsyrk)
{
    if (strstr(peer->subject, "AVX-512") &&
        strcmp(peak_instructions(), "AVX-512") != 0)
        return false;
    if (!is_python(peer)) return access(dsyrk, X_OK) == 0;
    const char *import =
        strcmp(peer->verb, "numpy") ? "import pandas" : "import numpy";
    char command[128];
    snprintf(command, sizeof command, "/usr/bin/python3 -c '%s' 2>/dev/null",
             import);
    return system(command) == 0;
}

static void open_peers(const char *folder)
{
    char dsyrk[512];
    snprintf(dsyrk, sizeof dsyrk, "%s/dsyrk", folder);
    for (struct contestant *peer = peers; peer < peers + PEERS; peer++) {
        peer->is_there = is_possible(peer, dsyrk);
        if (!peer->is_there) {
            printf("%s: missing here, left out\n", peer->subject);
            continue;
        }
        const char *python[] = {"env",
                                peer->settings[0],
                                peer->settings[1],
                                "/usr/bin/python3",
                                "tests/bench/7.3-correlations/numpy_peer.py",
                                NULL};
        const char *program[] = {"env", peer->settings[0], peer->settings[1], dsyrk,
                                 NULL};
        peer_open(&peer->peer, is_python(peer) ? python : program);
    }
}

static void close_peers(void)
{
    for (struct contestant *peer = peers; peer < peers + PEERS; peer++)
        if (peer->is_there) peer_close(&peer->peer);
}

static bool takes_part(const struct contestant *peer, size_t n)
{
    if (!strcmp(peer->verb, "loop") && n > MOST_FOR_LOOP) return false;
    if (!strcmp(peer->verb, "frame") && n > MOST_FOR_FRAME) return false;
    return peer->is_there;
}

static bool has_reference(size_t n)
{
    return n <= MOST_FOR_FRAME;
}

static double ask(struct contestant *peer, const struct stock_matrix *matrix)
{
    char order[640];
    snprintf(order, sizeof order, "%s %zu %zu %s", peer->verb,
             matrix->series.series_count, matrix->series.length, matrix->path);
    return peer_run(&peer->peer, order);
}

// The best of three: a system that puts two threads on one processor for a moment has not
// made the machine slower.
static double best_peak(int threads)
{
    double best = 0;
    for (int i = 0; i < PEAK_TRIES; i++)
        best = fmax(best, peak_flops(threads, PEAK_S));
    return best;
}

static void measure_round(struct stock_matrix *matrix, size_t round)
{
    size_t n = matrix->series.series_count;
    peak[0][round] = best_peak(1);
    ladder[0][round] = correlate_ladder(matrix, EXECUTOR_THREADS, 1);
    peak[1][round] = best_peak(2);
    ladder[1][round] = correlate_ladder(matrix, EXECUTOR_THREADS, BENCH_WORKERS);
    for (struct contestant *peer = peers; peer < peers + PEERS; peer++)
        if (takes_part(peer, n)) peer->seconds[round] = ask(peer, matrix);
    if (!has_reference(n)) return;
    sequential[round] = correlate_sequential(matrix);
    reference[0][round] = correlate_reference(matrix, EXECUTOR_THREADS);
    two_at_once[round] = correlate_two_at_once(matrix);
    reference[1][round] = correlate_reference(matrix, EXECUTOR_PROCESSES);
}

static const char *const ladder_names[] = {"ladder 1 thread", "ladder 2 threads"};
static const char *const reference_names[] = {"reference 2 threads",
                                              "reference 2 processes"};

static void add_ladder(struct bench *bench, const struct stock_matrix *matrix)
{
    double flops = matrix_flops(matrix), rate[MOST_ROUNDS];
    for (int k = 0; k < 2; k++) {
        bench_row(bench, matrix->name, ladder_names[k], "s", ladder[k], rounds);
        for (size_t i = 0; i < rounds; i++) rate[i] = flops / ladder[k][i];
        bench_row(bench, matrix->name, k ? "peak 2 threads" : "peak 1 thread",
                  "flop/s", peak[k], rounds);
        bench_ratio(bench, matrix->name, ladder_names[k], "peak",
                    bench_median_ratio(rate, peak[k], rounds));
    }
}

// Against each, and against the best of a library's rows under the library's own name.
static void add_peers(struct bench *bench, const struct stock_matrix *matrix)
{
    size_t n = matrix->series.series_count;
    const struct contestant *best = NULL;
    for (struct contestant *peer = peers; peer < peers + PEERS; peer++) {
        if (takes_part(peer, n)) {
            bench_row(bench, matrix->name, peer->subject, "s", peer->seconds,
                      rounds);
            if (!best || bench_median(peer->seconds, rounds) <
                             bench_median(best->seconds, rounds))
                best = peer;
        }
        if (best &&
            (peer + 1 == peers + PEERS || strcmp(peer->name, peer[1].name) != 0)) {
            bench_ratio(bench, matrix->name, ladder_names[1], best->name,
                        bench_median_ratio(best->seconds, ladder[1], rounds));
            best = NULL;
        }
    }
}

// How much of the speedup that two stubs reach which share nothing.
static void add_reference(struct bench *bench, const struct stock_matrix *matrix)
{
    double attainable[MOST_ROUNDS], speedup[MOST_ROUNDS];
    bench_row(bench, matrix->name, "sequential", "s", sequential, rounds);
    for (size_t i = 0; i < rounds; i++)
        attainable[i] = 2 * sequential[i] / two_at_once[i];
    bench_row(bench, matrix->name, "attainable", "times", attainable, rounds);
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < rounds; i++)
            speedup[i] = sequential[i] / reference[k][i];
        bench_row(bench, matrix->name, reference_names[k], "s", reference[k],
                  rounds);
        bench_ratio(bench, matrix->name, reference_names[k], "attainable",
                    bench_median_ratio(speedup, attainable, rounds));
    }
    bench_ratio(bench, matrix->name, ladder_names[1], "sequential",
                bench_median_ratio(sequential, ladder[1], rounds));
}

static void measure_size(struct bench *bench, const size_t size[2],
                         const char *folder)
{
    struct stock_matrix matrix;
    matrix_open(&matrix, size[0], size[1], folder);
    correlate_ladder(&matrix, EXECUTOR_THREADS, BENCH_WORKERS);
    for (struct contestant *peer = peers; peer < peers + PEERS; peer++)
        if (takes_part(peer, size[0]))
            ask(peer, &matrix); // memory is there, code loaded
    for (size_t round = 0; round < rounds; round++) measure_round(&matrix, round);
    add_ladder(bench, &matrix);
    add_peers(bench, &matrix);
    if (has_reference(size[0])) add_reference(bench, &matrix);
    matrix_close(&matrix);
}

static void measure_memory(struct bench *bench)
{
    double bytes[MOST_ROUNDS];
    for (int threads = 1; threads <= 2; threads++) {
        for (size_t i = 0; i < rounds; i++) bytes[i] = peak_bandwidth(threads);
        bench_row(bench, "read memory", threads == 1 ? "1 thread" : "2 threads",
                  "bytes/s", bytes, rounds);
    }
}

int main(int argc, char *argv[])
{
    if (argc < 4) bench_die("PEERS FOLDER RESULTS.json [ROUNDS]");
    if (argc > 4) rounds = strtoul(argv[4], NULL, 10);
    if (rounds < 1 || rounds > MOST_ROUNDS) bench_die("1 to %d rounds", MOST_ROUNDS);
    printf("multiply-adds: %s\n", peak_instructions());
    open_peers(argv[1]);
    struct bench *bench = bench_create("7.3");
    for (int k = 0; k < SIZES; k++) measure_size(bench, sizes[k], argv[2]);
    measure_memory(bench);
    close_peers();
    return bench_finish(bench, argv[3]);
}
