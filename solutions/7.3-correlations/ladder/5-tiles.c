// Step 5: register tiles in cache blocks. What is fetched once is used many times: a number in
// a register for a tile of 8 x 24 pairs, a block of numbers in the cache for TILE x TILE pairs.
//
// Unit vectors are kept in panels, eight of them interleaved: their first values, their second
// values, ... so that everything stands in the order in which it is read.

#include "ladder/job.h"
#include "ladder/machine.h"
#include "ladder/stream.h"

enum {
    PANEL = 8, // series interleaved
    GROUP = 3, // panels that are multiplied by one, where there are registers for it
    TILE = 96, // series on a side of a task's tile, at most
    SQUARE = 5, // tiles on a side: what a square of them reads fits the shared cache
    DEPTH = 128, // values of a panel that are multiplied at a time
    // From panel to panel. The caches would keep numbers that are a multiple of 4096 bytes
    // apart in the same few places: therefore 24 more.
    STRIDE = DEPTH * PANEL + 24,
};

#define LANES 2
#define ROWS 2
#define PANELS 1
#include "ladder/panels.h"
#include "ladder/multiply.h"
#ifdef __x86_64__
#undef LANES
#undef ROWS
#define LANES 4
#define ROWS 4
#include "ladder/panels.h"
#include "ladder/multiply.h"
#undef LANES
#undef ROWS
#define LANES 8
#define ROWS 8
#include "ladder/panels.h"
#include "ladder/multiply.h"
#undef PANELS
#define PANELS 2
#include "ladder/multiply.h"
#undef PANELS
#define PANELS 3
#include "ladder/multiply.h"
#include "ladder/interleave.h"
#endif

struct kernels {
    void (*measure)(const double x[], size_t length, double *center, double *factor);
    double (*put_row)(double to[], double from[], size_t count);
    size_t group; // panels that are multiplied by one, at most
    void (*multiply[GROUP])(const double a[], const double b[], size_t depth,
                            double c[][TILE], const double next[]);
};

static struct kernels machine_kernels(void)
{
#ifdef __x86_64__
    switch (machine_lanes()) {
    case 8:
        return (struct kernels){
            measure_8, put_row_8, 3, {multiply_8_1, multiply_8_2, multiply_8_3}};
    case 4:
        return (struct kernels){measure_4, put_row_4, 1, {multiply_4_1}};
    }
#endif
    return (struct kernels){measure_2, put_row_2, 1, {multiply_2_1}};
}

static size_t least(size_t x, size_t y)
{
    return x < y ? x : y;
}

// ---- preparing: a panel a task

static size_t panel_count(const struct job *job)
{
    return (job->n + PANEL - 1) / PANEL;
}

static size_t panels_size(const struct job *job)
{
    size_t blocks = (job->length + DEPTH - 1) / DEPTH;
    return blocks * panel_count(job) * STRIDE * sizeof(double);
}

// Values block * DEPTH and on of the series 8p .. 8p+7. Panels stand block by block.
static double *panel_at(const struct job *job, size_t block, size_t p)
{
    return job->units + (block * panel_count(job) + p) * STRIDE;
}

// Values k and on of eight series: one of each, or eight. Tells how many.
static size_t interleave(const double *const x[], size_t k, size_t left,
                         const double center[], const double factor[],
                         double panel[])
{
#ifdef __x86_64__
    if (left >= 8 && machine_lanes() == 8) {
        interleave_8(x, k, center, factor, panel);
        return 8;
    }
#endif
#pragma GCC unroll 8
    for (int s = 0; s < PANEL; s++) panel[s] = (x[s][k] - center[s]) * factor[s];
    return 1;
}

// NaN all over where a series has no correlations, 0 beyond the last one.
static void make_panel(const struct job *job, size_t p)
{
    struct kernels kernels = machine_kernels();
    size_t length = job->length;
    double center[PANEL], factor[PANEL];
    const double *x[PANEL];
    for (size_t s = 0; s < PANEL; s++) {
        size_t i = p * PANEL + s;
        x[s] = job->values + least(i, job->n - 1) * length;
        kernels.measure(x[s], length, &center[s], &factor[s]);
        if (i < job->n) continue;
        center[s] = factor[s] = 0;
    }
    for (size_t k = 0; k < length;) {
        double *panel = panel_at(job, k / DEPTH, p) + k % DEPTH * PANEL;
        k += interleave(x, k, length - k, center, factor, panel);
    }
}

// ---- correlating: a tile a task

// Of r above the diagonal: series top .. bottom-1 with left .. right-1.
struct tile {
    size_t top, bottom, left, right; // in panels
};

// A tile's side in panels: smaller where there would be too few tiles to share out.
static size_t tile_panels(const struct job *job)
{
    size_t most = TILE / PANEL, fair = panel_count(job) / 10;
    return fair < 1 ? 1 : fair < GROUP ? fair : least(fair / GROUP * GROUP, most);
}

static size_t tiles_on_a_side(const struct job *job)
{
    return (panel_count(job) + tile_panels(job) - 1) / tile_panels(job);
}

static size_t tile_count(const struct job *job)
{
    return tiles_on_a_side(job) * (tiles_on_a_side(job) + 1) / 2;
}

static struct tile tile_at(const struct job *job, size_t row, size_t column)
{
    size_t panels = tile_panels(job), top = row * panels, left = column * panels;
    return (struct tile){top, least(top + panels, panel_count(job)), left,
                         least(left + panels, panel_count(job))};
}

// Square by square, each row by row, so that memory is asked once for what a square needs. The
// tiles on the main diagonal come last: they are half as much work, and what is left when the
// workers come to the end shall be short.
static struct tile tile_of(const struct job *job, size_t task)
{
    size_t side = tiles_on_a_side(job);
    for (size_t top = 0; top < side; top += SQUARE)
        for (size_t left = top; left < side; left += SQUARE) {
            size_t end = least(left + SQUARE, side);
            for (size_t row = top; row < least(top + SQUARE, side); row++) {
                size_t from = left > row ? left : row + 1;
                size_t count = from < end ? end - from : 0;
                if (task < count) return tile_at(job, row, from + task);
                task -= count;
            }
        }
    return tile_at(job, task, task);
}

// The panel that call number `call` of a block fetches in passing: all those of the tile's
// next block, one a call; at its end, those of the first block of the tile that follows.
static const double *panel_to_fetch(const struct job *job, const struct tile *tile,
                                    const struct tile *following, size_t block,
                                    size_t call)
{
    bool is_last = (block + 1) * DEPTH >= job->length;
    const struct tile *next = is_last ? following : tile;
    size_t rows = next->bottom - next->top, columns = next->right - next->left;
    if (call >= rows + columns) return panel_at(job, block, tile->top);
    return panel_at(job, is_last ? 0 : block + 1,
                    call < rows ? next->top + call : next->left + call - rows);
}

// The first block nobody has fetched in passing.
static void fetch_first_block(const struct job *job, const struct tile *tile)
{
    size_t depth = least(job->length, DEPTH);
    for (size_t p = tile->top; p < tile->right; p++) {
        if (p == tile->bottom && p < tile->left) p = tile->left;
        const double *panel = panel_at(job, 0, p);
        for (size_t k = 0; k < depth; k++)
            __builtin_prefetch(panel + k * PANEL, 0, 2);
    }
}

static void multiply_block(const struct job *job, const struct tile *tile,
                           const struct tile *following, size_t block,
                           double c[][TILE])
{
    struct kernels kernels = machine_kernels();
    size_t depth = least(job->length - block * DEPTH, DEPTH), call = 0;
    for (size_t j = tile->left; j < tile->right; j += kernels.group) {
        size_t end = least(j + kernels.group, tile->right);
        for (size_t i = tile->top; i < tile->bottom && i < end; i++) {
            size_t from = i > j ? i : j; // nothing left of the diagonal
            double *corner =
                &c[(i - tile->top) * PANEL][(from - tile->left) * PANEL];
            kernels.multiply[end - from - 1](
                panel_at(job, block, i), panel_at(job, block, from), depth,
                (double(*)[TILE])corner,
                panel_to_fetch(job, tile, following, block, call++));
        }
    }
}

// Row i of the tile into r, and its best pair.
static struct best_pair put_row(const struct job *job, size_t i, size_t left,
                                size_t right, double c[], double best)
{
    size_t n = job->n, from = i < left ? left : i + 1;
    double *row = job->r + i * n;
    if (i >= left) row[i] = isnan(c[i - left]) ? NAN : 1;
    if (from >= right) return no_pair;
    double greatest =
        machine_kernels().put_row(row + from, c + from - left, right - from);
    return greatest <= best ? no_pair : best_in_row(job, i, from, right);
}

static struct best_pair correlate_tile(const struct job *job, size_t task)
{
    _Alignas(64) double c[TILE][TILE];
    struct tile tile = tile_of(job, task);
    struct tile following = tile_of(job, least(task + 1, tile_count(job) - 1));
    size_t n = job->n, top = tile.top * PANEL,
           bottom = least(tile.bottom * PANEL, n);
    size_t left = tile.left * PANEL, right = least(tile.right * PANEL, n);
    struct best_pair best = no_pair;
    memset(c, job->length ? 0 : 0xff, sizeof c); // all bits set is NaN
    fetch_first_block(job, &tile);
    for (size_t block = 0; block * DEPTH < job->length; block++)
        multiply_block(job, &tile, &following, block, c);
    for (size_t i = top; i < bottom; i++)
        best = better(best, put_row(job, i, left, right, c[i - top], best.r));
    for (size_t j = left; j < right; j++) {
        double *mirrored = job->r + j * n + top;
        size_t count = least(bottom, j) - top;
#pragma GCC unroll 8
        for (size_t i = 0; i < count; i++)
            stream_number(mirrored + i, c[i][j - left]);
    }
    stream_end();
    return best;
}

static const struct step step = {.units_size = panels_size,
                                 .prepare_count = panel_count,
                                 .prepare = make_panel,
                                 .correlate_count = tile_count,
                                 .correlate = correlate_tile};

#include "ladder/tasks.c"
