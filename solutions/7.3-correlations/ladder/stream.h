// Writing past the caches, where the machine can: r is written once and read by nobody before all
// of it is there, and a cache would first fetch what it is about to forget. Whoever streams
// calls stream_end before it says that it is done.

#ifdef __x86_64__
#include <immintrin.h>
#include <string.h>

static inline void stream_number(double *to, double number)
{
    long long bits;
    memcpy(&bits, &number, sizeof bits);
    _mm_stream_si64((long long *)(void *)to, bits);
}

static inline void stream_end(void)
{
    _mm_sfence();
}
#else
static inline void stream_number(double *to, double number)
{
    *to = number;
}

static inline void stream_end(void)
{
}
#endif
