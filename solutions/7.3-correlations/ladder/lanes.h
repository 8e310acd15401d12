// One source for several machines. A file of functions is included once for each number of
// LANES, doubles in a vector register, and finds these words for it; the program chooses when
// it runs:
//     NAME(f)            f_8, f_4, f_2
//     TARGET             lets the compiler use these registers in a function
//     VECTOR             so many doubles, at any address where a double may be
//     ALL(x)             x in every lane
//     MULTIPLY_ADD       a * b + c, rounded once where the machine can
//     LEAST, GREATEST    of a and b, lane by lane; b where one of them is NaN
//     STREAM(to, x)      writes x to an address that is a multiple of its size, past the caches (stream.h)
// A vector wider than the machine's registers would be right too, but many times slower.

#undef TARGET
#undef ALL
#undef MULTIPLY_ADD
#undef LEAST
#undef GREATEST
#undef STREAM

#if LANES == 8
#define TARGET __attribute__((target("avx512f")))
#define ALL(x) _mm512_set1_pd(x)
#define MULTIPLY_ADD(a, b, c) _mm512_fmadd_pd(a, b, c)
#define LEAST(a, b) _mm512_min_pd(a, b)
#define GREATEST(a, b) _mm512_max_pd(a, b)
#define STREAM(to, x) _mm512_stream_pd(to, x)
#elif LANES == 4
#define TARGET __attribute__((target("avx2,fma")))
#define ALL(x) _mm256_set1_pd(x)
#define MULTIPLY_ADD(a, b, c) _mm256_fmadd_pd(a, b, c)
#define LEAST(a, b) _mm256_min_pd(a, b)
#define GREATEST(a, b) _mm256_max_pd(a, b)
#define STREAM(to, x) _mm256_stream_pd(to, x)
#else
#define TARGET
#define ALL(x) ((VECTOR){x, x})
#define MULTIPLY_ADD(a, b, c) ((a) * (b) + (c))
#define LEAST(a, b)                                                                 \
    ((VECTOR){(a)[0] < (b)[0] ? (a)[0] : (b)[0], (a)[1] < (b)[1] ? (a)[1] : (b)[1]})
#define GREATEST(a, b)                                                              \
    ((VECTOR){(a)[0] > (b)[0] ? (a)[0] : (b)[0], (a)[1] > (b)[1] ? (a)[1] : (b)[1]})
#define STREAM(to, x) (*(VECTOR *)(to) = (x))
#endif

#undef JOINED
#undef JOIN
#undef NAME
#undef VECTOR
#define JOINED(f, lanes) f##_##lanes
#define JOIN(f, lanes) JOINED(f, lanes)
#define NAME(f) JOIN(f, LANES)
#define VECTOR NAME(vector)

typedef double VECTOR
    __attribute__((vector_size(LANES * sizeof(double)), aligned(8), may_alias));
