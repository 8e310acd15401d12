#ifndef BENCH_FMA_PEAK_H
#define BENCH_FMA_PEAK_H

// What this machine can do at most, whatever the program: multiplications with additions, in
// the widest vectors that it has, on numbers that never leave the registers; and bytes read
// from memory. On so many threads at the same time.

// Floating-point operations a second; a multiplication and an addition are two.
double peak_flops(int threads, double seconds);

// Bytes a second, read from more memory than caches hold.
double peak_bandwidth(int threads);

// The instructions that peak_flops uses here: "AVX-512", "AVX2 and FMA" or "baseline".
const char *peak_instructions(void);

#endif
