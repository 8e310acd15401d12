// 7.2 side by side: our conversion on one worker, two threads and two processes; the lesson's
// pandas in the same three ways; and the limits: jansson's parser alone, and what two
// conversions that have nothing to do with each other reach on this machine.
//     bench SOURCE FOLDER RESULTS.json [ROUNDS]
// All take turns, round by round; ratios are medians of the rounds' ratios.

#include <stdio.h>
#include <stdlib.h>
#include "bench/bench.h"
#include "bench/peer.h"
#include "subjects.h"

enum { MOST_ROUNDS = 50, DEFLATE_LEVEL = 6 };

// Seconds of every round.
struct times {
    double sequential[MOST_ROUNDS], threads[MOST_ROUNDS], processes[MOST_ROUNDS];
    double two_sets[MOST_ROUNDS]; // twice the work
};

static struct times convert, deflate, reading;
static struct times pandas_convert, pandas_reading; // no two_sets
static double parse[MOST_ROUNDS], hdf5[MOST_ROUNDS];
static struct stock_set sets[2];
static size_t rounds = 7;

// The same bytes must come out, whoever converts.
static void check(unsigned long long digest, const char *who)
{
    if (stock_set_digest(&sets[0]) != digest)
        bench_die("%s: other files came out", who);
}

static void convert_round(size_t round, unsigned long long digest)
{
    convert.sequential[round] = convert_sequential(&sets[0]);
    check(digest, "sequential");
    parse[round] = parse_lines(&sets[0]);
    convert.threads[round] = convert_parallel(&sets[0], EXECUTOR_THREADS);
    check(digest, "threads");
    convert.two_sets[round] = convert_two_sets(sets, 0);
    convert.processes[round] = convert_parallel(&sets[0], EXECUTOR_PROCESSES);
    check(digest, "processes");
    hdf5[round] = write_tables(&sets[0]);
}

static void deflate_round(size_t round)
{
    deflate.sequential[round] = deflate_sequential(&sets[0], DEFLATE_LEVEL);
    unsigned long long digest = stock_set_digest(&sets[0]);
    deflate.threads[round] =
        deflate_parallel(&sets[0], DEFLATE_LEVEL, EXECUTOR_THREADS);
    check(digest, "threads with deflate");
    deflate.two_sets[round] = convert_two_sets(sets, DEFLATE_LEVEL);
    deflate.processes[round] =
        deflate_parallel(&sets[0], DEFLATE_LEVEL, EXECUTOR_PROCESSES);
    check(digest, "processes with deflate");
}

static void read_round(size_t round)
{
    convert_sequential(&sets[0]);
    reading.sequential[round] = read_sequential(&sets[0]);
    reading.threads[round] = read_parallel(&sets[0], EXECUTOR_THREADS);
    reading.processes[round] = read_parallel(&sets[0], EXECUTOR_PROCESSES);
}

static double ask(struct peer *pandas, const char *verb)
{
    char order[640];
    snprintf(order, sizeof order, "%s %s", verb, sets[0].folder);
    return peer_run(pandas, order);
}

static void pandas_round(struct peer *pandas, size_t round)
{
    pandas_convert.sequential[round] = ask(pandas, "convert");
    pandas_convert.threads[round] = ask(pandas, "convert-threads");
    pandas_convert.processes[round] = ask(pandas, "convert-processes");
    pandas_reading.sequential[round] = ask(pandas, "read");
    pandas_reading.threads[round] = ask(pandas, "read-threads");
    pandas_reading.processes[round] = ask(pandas, "read-processes");
}

static void add_rows(struct bench *bench, const char *measure,
                     const struct times *times, const char *const subjects[3])
{
    bench_row(bench, measure, subjects[0], "s", times->sequential, rounds);
    bench_row(bench, measure, subjects[1], "s", times->threads, rounds);
    bench_row(bench, measure, subjects[2], "s", times->processes, rounds);
}

// How much of the speedup that two conversions reach which share nothing.
static void add_attainable(struct bench *bench, const char *measure,
                           const struct times *times)
{
    double attainable[MOST_ROUNDS], threads[MOST_ROUNDS], processes[MOST_ROUNDS];
    for (size_t i = 0; i < rounds; i++) {
        attainable[i] = 2 * times->sequential[i] / times->two_sets[i];
        threads[i] = times->sequential[i] / times->threads[i];
        processes[i] = times->sequential[i] / times->processes[i];
    }
    bench_row(bench, measure, "attainable", "times", attainable, rounds);
    bench_row(bench, measure, "speedup threads", "times", threads, rounds);
    bench_row(bench, measure, "speedup processes", "times", processes, rounds);
    bench_ratio(bench, measure, "2 threads", "attainable",
                bench_median_ratio(threads, attainable, rounds));
    bench_ratio(bench, measure, "2 processes", "attainable",
                bench_median_ratio(processes, attainable, rounds));
}

static void add_pandas(struct bench *bench, const char *measure,
                       const struct times *ours, const struct times *theirs)
{
    const char *const subjects[] = {"sequential", "2 threads", "2 processes"};
    const char *const peers[] = {"pandas", "pandas-threads", "pandas-processes"};
    const double *const our[] = {ours->sequential, ours->threads, ours->processes};
    const double *const their[] = {theirs->sequential, theirs->threads,
                                   theirs->processes};
    add_rows(bench, measure, theirs, peers);
    for (int subject = 0; subject < 3; subject++)
        for (int peer = 0; peer < 3; peer++)
            if (peer == 0 || peer == subject)
                bench_ratio(bench, measure, subjects[subject], peers[peer],
                            bench_median_ratio(their[peer], our[subject], rounds));
}

static void add_all(struct bench *bench)
{
    const char *const subjects[] = {"sequential", "2 threads", "2 processes"};
    double lines[] = {(double)sets[0].lines}, share[MOST_ROUNDS];
    for (size_t i = 0; i < rounds; i++)
        share[i] = 100 * hdf5[i] / convert.sequential[i];
    bench_row(bench, "convert", "lines", "lines", lines, 1);
    add_rows(bench, "convert", &convert, subjects);
    bench_row(bench, "convert", "json_loadb", "s", parse, rounds);
    bench_row(bench, "convert", "HDF5's share", "%", share, rounds);
    bench_ratio(bench, "convert", "sequential", "json_loadb",
                bench_median_ratio(parse, convert.sequential, rounds));
    add_pandas(bench, "convert", &convert, &pandas_convert);
    add_attainable(bench, "convert", &convert);
    add_rows(bench, "convert deflate", &deflate, subjects);
    add_attainable(bench, "convert deflate", &deflate);
    add_rows(bench, "read column", &reading, subjects);
    add_pandas(bench, "read column", &reading, &pandas_reading);
}

int main(int argc, char *argv[])
{
    char other[600];
    struct peer pandas;
    if (argc < 4) bench_die("SOURCE FOLDER RESULTS.json [ROUNDS]");
    if (argc > 4) rounds = strtoul(argv[4], NULL, 10);
    if (rounds < 1 || rounds > MOST_ROUNDS) bench_die("1 to %d rounds", MOST_ROUNDS);
    snprintf(other, sizeof other, "%s/other", argv[2]);
    stock_set_create(&sets[0], argv[1], argv[2]);
    stock_set_create(&sets[1], argv[1], other);
    peer_open(&pandas, (const char *const[]){
                           "/usr/bin/python3",
                           "tests/bench/7.2-conversion/pandas_peer.py", NULL});
    ask(&pandas, "convert");
    convert_sequential(&sets[0]);
    unsigned long long digest = stock_set_digest(&sets[0]);
    for (size_t round = 0; round < rounds; round++) {
        convert_round(round, digest);
        deflate_round(round);
        read_round(round);
        pandas_round(&pandas, round);
    }
    peer_close(&pandas);
    struct bench *bench = bench_create("7.2");
    add_all(bench);
    return bench_finish(bench, argv[3]);
}
