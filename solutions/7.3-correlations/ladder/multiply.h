// The innermost loop of step 5, for vectors of LANES doubles: a panel by PANELS panels.

#include "ladder/lanes.h"

#undef MULTIPLY_NAMED
#undef MULTIPLY_NAME
#undef MULTIPLY
#define MULTIPLY_NAMED(lanes, panels) multiply_##lanes##_##panels
#define MULTIPLY_NAME(lanes, panels) MULTIPLY_NAMED(lanes, panels)
#define MULTIPLY MULTIPLY_NAME(LANES, PANELS)

// c[i][j] += a[k][i] * b[k][j] for `depth` k: the series i of panel a, j of the panels b. ROWS
// rows of c are in registers meanwhile, so that 8 x 24 products ask memory for 8 + 24 numbers.
// next is a panel that will be needed soon: it is fetched in passing.
TARGET static void MULTIPLY(const double a[], const double b[], size_t depth,
                            double c[][TILE], const double next[])
{
    enum { PER_PANEL = PANEL / LANES, VECTORS = PANELS * PER_PANEL };
    for (size_t top = 0; top < PANEL; top += ROWS, c += ROWS) {
        VECTOR sum[ROWS][VECTORS];
#pragma GCC unroll 8
        for (int i = 0; i < ROWS; i++)
#pragma GCC unroll 8
            for (int v = 0; v < VECTORS; v++) sum[i][v] = ((const VECTOR *)c[i])[v];
        for (size_t k = 0; k < depth; k++) {
            VECTOR columns[VECTORS];
            __builtin_prefetch(next + k * PANEL, 0, 2);
#pragma GCC unroll 8
            for (int v = 0; v < VECTORS; v++)
                columns[v] = ((const VECTOR *)(b + v / PER_PANEL * STRIDE +
                                               k * PANEL))[v % PER_PANEL];
#pragma GCC unroll 8
            for (size_t i = 0; i < ROWS; i++) {
                VECTOR row = ALL(a[k * PANEL + top + i]);
#pragma GCC unroll 8
                for (int v = 0; v < VECTORS; v++)
                    sum[i][v] = MULTIPLY_ADD(row, columns[v], sum[i][v]);
            }
        }
#pragma GCC unroll 8
        for (int i = 0; i < ROWS; i++)
#pragma GCC unroll 8
            for (int v = 0; v < VECTORS; v++) ((VECTOR *)c[i])[v] = sum[i][v];
    }
}
