// Twelve sums at a time: an instruction takes four or five cycles, and two begin in each. All
// of them differ, so that no compiler computes one for two.

#include "bench/fma_peak.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "bench/bench.h"

enum { SUMS = 12, MOST_THREADS = 64, TURNS = 20000 };
static const size_t READ_BYTES = (size_t)128 << 20;

typedef double pair __attribute__((vector_size(16)));

// TURNS times SUMS multiply-adds of vectors. Gives the operations back through `sum`, so that
// no compiler leaves them out.
typedef double burst_fn(void);

static double burst_of_pairs(void)
{
    pair sum[SUMS], factor = {0.999, 0.999}, term = {1e-7, 1e-7};
    for (int i = 0; i < SUMS; i++) sum[i] = (pair){i, i};
    for (int turn = 0; turn < TURNS; turn++) {
#pragma GCC unroll 12
        for (int i = 0; i < SUMS; i++) sum[i] = sum[i] * factor + term;
    }
    for (int i = 1; i < SUMS; i++) sum[0] += sum[i];
    return sum[0][0] + sum[0][1];
}

#ifdef __x86_64__
#include <immintrin.h>

__attribute__((target("avx2,fma"))) static double burst_of_4(void)
{
    __m256d sum[SUMS], factor = _mm256_set1_pd(0.999), term = _mm256_set1_pd(1e-7);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm256_set1_pd(i);
    for (int turn = 0; turn < TURNS; turn++) {
#pragma GCC unroll 12
        for (int i = 0; i < SUMS; i++)
            sum[i] = _mm256_fmadd_pd(sum[i], factor, term);
    }
    for (int i = 1; i < SUMS; i++) sum[0] += sum[i];
    return sum[0][0] + sum[0][3];
}

__attribute__((target("avx512f"))) static double burst_of_8(void)
{
    __m512d sum[SUMS], factor = _mm512_set1_pd(0.999), term = _mm512_set1_pd(1e-7);
    for (int i = 0; i < SUMS; i++) sum[i] = _mm512_set1_pd(i);
    for (int turn = 0; turn < TURNS; turn++) {
#pragma GCC unroll 12
        for (int i = 0; i < SUMS; i++)
            sum[i] = _mm512_fmadd_pd(sum[i], factor, term);
    }
    for (int i = 1; i < SUMS; i++) sum[0] += sum[i];
    return sum[0][0] + sum[0][7];
}
#endif

static int vector_lanes(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return 8;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 4;
#endif
    return 2;
}

static burst_fn *widest_burst(void)
{
#ifdef __x86_64__
    if (vector_lanes() == 8) return burst_of_8;
    if (vector_lanes() == 4) return burst_of_4;
#endif
    return burst_of_pairs;
}

const char *peak_instructions(void)
{
    int lanes = vector_lanes();
    return lanes == 8 ? "AVX-512" : lanes == 4 ? "AVX2 and FMA" : "baseline";
}

// One of several threads that begin together.
struct load {
    // set once before start:
    pthread_barrier_t *start;
    double seconds;
    const char *bytes; // NULL: computes
    // owner thread only, until it is joined:
    double rate; // operations or bytes a second
    double sum;  // so that nothing is left out
};

static void *compute(void *argument)
{
    struct load *load = argument;
    burst_fn *burst = widest_burst();
    pthread_barrier_wait(load->start);
    double begin = bench_now_s(), elapsed = 0, bursts = 0;
    for (; elapsed < load->seconds; bursts++) {
        load->sum += burst();
        elapsed = bench_now_s() - begin;
    }
    load->rate = 2.0 * vector_lanes() * SUMS * TURNS * bursts / elapsed;
    return NULL;
}

static void *read_bytes(void *argument)
{
    struct load *load = argument;
    const pair *pairs = (const pair *)(const void *)load->bytes;
    pair sum[SUMS] = {{0}};
    pthread_barrier_wait(load->start);
    double begin = bench_now_s();
    for (size_t i = 0; i + 8 <= READ_BYTES / sizeof(pair); i += 8)
#pragma GCC unroll 8
        for (size_t k = 0; k < 8; k++) sum[k] += pairs[i + k];
    load->rate = (double)READ_BYTES / (bench_now_s() - begin);
    for (int i = 1; i < 8; i++) sum[0] += sum[i];
    load->sum = sum[0][0] + sum[0][1];
    return NULL;
}

// The sum of what all threads reach.
static double run_loads(int threads, void *(*work)(void *), double seconds,
                        char *const bytes[])
{
    pthread_t ids[MOST_THREADS];
    struct load loads[MOST_THREADS];
    pthread_barrier_t start;
    double rate = 0;
    pthread_barrier_init(&start, NULL, (unsigned)threads);
    for (int i = 0; i < threads; i++) {
        loads[i] = (struct load){&start, seconds, bytes ? bytes[i] : NULL, 0, 0};
        if (pthread_create(&ids[i], NULL, work, &loads[i]))
            bench_die("no thread for the peak");
    }
    for (int i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        rate += loads[i].rate;
    }
    pthread_barrier_destroy(&start);
    return rate;
}

double peak_flops(int threads, double seconds)
{
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    return run_loads(threads, compute, seconds, NULL);
}

double peak_bandwidth(int threads)
{
    char *bytes[MOST_THREADS] = {NULL};
    if (threads > MOST_THREADS) threads = MOST_THREADS;
    for (int i = 0; i < threads; i++) {
        bytes[i] = malloc(READ_BYTES);
        if (!bytes[i]) bench_die("no memory to read");
        memset(bytes[i], 1, READ_BYTES); // zeros would be no memory yet
    }
    double rate = run_loads(threads, read_bytes, 0, bytes);
    for (int i = 0; i < threads; i++) free(bytes[i]);
    return rate;
}
