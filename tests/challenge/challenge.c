// make challenge: the place of a student's 7.3 on the ladder, without points. As run-7.3 it
// runs the code with the student's own rights, on the student's own machine.
//     challenge LADDER.txt [WORKERS=4] [EXECUTOR=threads|processes|textbook]
// Baseline, student and the machine's peak take turns, round by round; what is printed are
// medians of the rounds' ratios. First on one processor, whatever the code makes of `workers`:
// that is its place. Then on all.

#include <errno.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bench/bench.h"
#include "bench/fma_peak.h"
#include "challenge/ladder_steps.h"
#include "correlations.h"
#include "run/options.h"

int stub_correlate_pairs(enum executor_kind kind, int workers,
                         const struct aligned_series *series, double r[],
                         struct best_pair *best);

enum { ROUNDS = 5, LENGTH = 2500, FEW = 100, MANY = 1000 };
static const double PEAK_S = 0.02, ENOUGH_S = 0.1;

// Medians over the rounds.
struct standing {
    double times; // as fast as the sequential code on one processor
    double part;  // of what the processors can do
    double seconds;
};

static struct aligned_series random_series(size_t n)
{
    double *values = malloc(n * LENGTH * sizeof *values);
    if (!values) bench_die("out of memory");
    for (size_t k = 0; k < LENGTH; k++) {
        double market = drand48();
        for (size_t i = 0; i < n; i++)
            values[i * LENGTH + k] = 50 + market + drand48();
    }
    return (struct aligned_series){n, LENGTH, NULL, values};
}

static double run_student(const struct run_options *options, int workers,
                          const struct aligned_series *series, double r[])
{
    struct best_pair best = {0, 0, NAN};
    double begin = bench_now_s();
    int status = correlate_pairs(options->kind, workers, series, r, &best);
    double seconds = bench_now_s() - begin;
    if (status)
        bench_die("correlate_pairs returned %d: %s", status, strerror(abs(status)));
    return seconds;
}

static double run_baseline(const struct aligned_series *series, double r[])
{
    struct best_pair best;
    double begin = bench_now_s();
    stub_correlate_pairs(EXECUTOR_THREADS, 1, series, r, &best);
    return bench_now_s() - begin;
}

static double *matrix_create(size_t n)
{
    double *r = malloc(n * n * sizeof *r);
    for (size_t k = 0; r && k < n * n; k++) r[k] = -3;
    if (!r) bench_die("out of memory");
    return r;
}

// Speed says nothing about wrong answers.
static void check_answers(const struct run_options *options,
                          const struct aligned_series *few)
{
    size_t n = few->series_count;
    double *expected = matrix_create(n), *r = matrix_create(n);
    run_baseline(few, expected);
    run_student(options, 2, few, r);
    for (size_t k = 0; k < n * n; k++)
        if (!(fabs(r[k] - expected[k]) <= 1e-9))
            bench_die(
                "r[%zu * n + %zu] is %.12g, not %.12g: first `make check EX=7.3`",
                k / n, k % n, r[k], expected[k]);
    free(expected);
    free(r);
}

// How many series keep the code busy for a moment.
static size_t enough_series(const struct run_options *options,
                            const struct aligned_series *few, double r[])
{
    run_student(options, 1, few, r);
    double seconds = run_student(options, 1, few, r);
    double n = FEW * sqrt(ENOUGH_S / seconds);
    return n < FEW ? FEW : n > MANY ? MANY : (size_t)n;
}

static struct standing measure(const struct run_options *options, int workers,
                               const struct aligned_series *few,
                               const struct aligned_series *many)
{
    double times[ROUNDS], part[ROUNDS], seconds[ROUNDS];
    double n = (double)many->series_count, pairs = n * n / FEW / FEW;
    double *r = matrix_create(many->series_count);
    run_student(options, workers, many, r);
    for (int i = 0; i < ROUNDS; i++) {
        double baseline_s = run_baseline(few, r);
        double peak = peak_flops(workers, PEAK_S);
        seconds[i] = run_student(options, workers, many, r);
        times[i] = baseline_s * pairs / seconds[i];
        part[i] = n * (n + 1) * LENGTH / seconds[i] / peak;
    }
    free(r);
    return (struct standing){bench_median(times, ROUNDS), bench_median(part, ROUNDS),
                             bench_median(seconds, ROUNDS)};
}

static struct standing measure_on_one(const struct run_options *options,
                                      const struct aligned_series *few,
                                      struct aligned_series *many)
{
    cpu_set_t all, one;
    sched_getaffinity(0, sizeof all, &all);
    int cpu = 0;
    while (cpu < CPU_SETSIZE - 1 && !CPU_ISSET(cpu, &all)) cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
    double *r = matrix_create(FEW);
    *many = random_series(enough_series(options, few, r));
    struct standing standing = measure(options, 1, few, many);
    free(r);
    sched_setaffinity(0, sizeof all, &all);
    return standing;
}

static void print_ladder(const struct ladder *ladder, int place)
{
    puts("\nthe ladder, on one processor like this:");
    for (int k = 0; k < ladder->count; k++)
        printf("%s %6.1f times  step %d, %-6s %s\n", k == place ? "->" : "  ",
               ladder->steps[k].times, k + 1, ladder->steps[k].name,
               ladder->steps[k].idea);
}

static void print_next(const struct ladder *ladder, int place, double gain,
                       int workers)
{
    if (workers > 1 && gain < 1 + 0.3 * (workers - 1))
        printf(
            "\nnext: let the workers compute at the same time: %d are %.2f times as "
            "fast as one.\n",
            workers, gain);
    else if (place + 1 < ladder->count)
        printf("\nnext: step %d, %s: %s\n", place + 2, ladder->steps[place + 1].name,
               ladder->steps[place + 1].idea);
    else
        puts("\nnext: nothing. This is the top of the ladder.");
}

static int column_of_machine(void)
{
    const char *name = peak_instructions();
    return !strcmp(name, "AVX-512") ? 0 : !strcmp(name, "AVX2 and FMA") ? 1 : 2;
}

int main(int argc, char *argv[])
{
    struct ladder ladder;
    struct run_options options;
    struct aligned_series few = random_series(FEW), many;
    if (argc < 2 || !run_options_parse(&options, argc - 1, argv + 1)) return 2;
    int status = ladder_read(&ladder, argv[1], column_of_machine());
    if (status) bench_die("%s: %s", argv[1], strerror(-status));
    int workers = options.workers ? options.workers : executor_cpu_count();
    check_answers(&options, &few);
    struct standing one = measure_on_one(&options, &few, &many);
    printf("%zu series of %d, multiply-adds: %s\n\n", many.series_count, LENGTH,
           peak_instructions());
    printf(
        "one processor  %7.1f times as fast as the sequential code, %4.1f %% of the "
        "machine's peak\n",
        one.times, 100 * one.part);
    struct standing all = measure(&options, workers, &few, &many);
    printf("%2d workers     %7.1f times, %.2f times the one, %4.1f %% of their peak "
           "(%s)\n",
           workers, all.times, one.seconds / all.seconds, 100 * all.part,
           options.executor_name);
    int place = ladder_place(&ladder, one.times);
    print_ladder(&ladder, place);
    print_next(&ladder, place, one.seconds / all.seconds, workers);
    aligned_series_close(&few);
    aligned_series_close(&many);
    return EXIT_SUCCESS;
}
