// Eight series become one panel, eight values at a time, where a register holds eight: rows in,
// columns out, by twenty-four exchanges between registers.

__attribute__((target("avx512f"))) static void interleave_8(const double *const x[],
                                                            size_t k,
                                                            const double center[],
                                                            const double factor[],
                                                            double panel[])
{
    __m512d row[8], half[8], quarter[8];
#pragma GCC unroll 8
    for (int s = 0; s < 8; s++)
        row[s] = _mm512_mul_pd(
            _mm512_sub_pd(_mm512_loadu_pd(x[s] + k), _mm512_set1_pd(center[s])),
            _mm512_set1_pd(factor[s]));
#pragma GCC unroll 4
    for (int s = 0; s < 8; s += 2) {
        half[s] = _mm512_unpacklo_pd(row[s], row[s + 1]);     // values 0, 2, 4, 6
        half[s + 1] = _mm512_unpackhi_pd(row[s], row[s + 1]); // values 1, 3, 5, 7
    }
#pragma GCC unroll 2
    for (int odd = 0; odd < 2; odd++) {
        quarter[odd] = _mm512_shuffle_f64x2(half[odd], half[odd + 2], 0x88);
        quarter[odd + 2] = _mm512_shuffle_f64x2(half[odd + 4], half[odd + 6], 0x88);
        quarter[odd + 4] = _mm512_shuffle_f64x2(half[odd], half[odd + 2], 0xdd);
        quarter[odd + 6] = _mm512_shuffle_f64x2(half[odd + 4], half[odd + 6], 0xdd);
    }
#pragma GCC unroll 2
    for (int odd = 0; odd < 2; odd++) {
        const __m512d *low = quarter + odd, *high = quarter + odd + 4;
        double *column = panel + 8 * odd;
        _mm512_storeu_pd(column, _mm512_shuffle_f64x2(low[0], low[2], 0x88));
        _mm512_storeu_pd(column + 16, _mm512_shuffle_f64x2(high[0], high[2], 0x88));
        _mm512_storeu_pd(column + 32, _mm512_shuffle_f64x2(low[0], low[2], 0xdd));
        _mm512_storeu_pd(column + 48, _mm512_shuffle_f64x2(high[0], high[2], 0xdd));
    }
}
