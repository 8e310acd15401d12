#ifndef EXCHANGE_H
#define EXCHANGE_H

// What the judge and a runner of 7.3 hand each other. Both are built from this file; the
// judge still believes nothing that comes back.

#include <stdint.h>
#include "correlations.h"
#include "judge/protocol.h"

enum { OPERATION_CORRELATE = OPERATION_FIRST, OPERATION_LOAD };

// The matrix, in memory that the student's code can only read.
struct matrix {
    uint64_t series_count;
    uint64_t length;
    uint64_t padding[6]; // so that values begin on a cache line
    double values[];     // series_count * length
};

// The answer is the best pair, then r, between two margins that nobody may write to.
struct correlations {
    struct best_pair best;
    double cells[]; // margin, n * n, margin
};

static inline size_t margin_of(size_t series_count)
{
    return series_count + 2;
}

static inline size_t correlations_size(size_t n)
{
    return sizeof(struct correlations) + (n * n + 2 * margin_of(n)) * sizeof(double);
}

// All cells hold this at first: a NaN that no arithmetic makes.
static const uint64_t UNWRITTEN = 0x7ff8756e77726974;

enum { LOAD_LIMIT = 64, NAMES_SIZE = 8192 };

// Which column of which files.
struct load_request {
    uint64_t path_count;
    char names[NAMES_SIZE]; // the column, then the paths, each ended by 0
};

// What aligned held afterwards, cut at LOAD_LIMIT; the counts are the student's.
struct load_answer {
    uint64_t series_count;
    uint64_t length;
    uint64_t has_timestamps;
    uint64_t has_values;
    int64_t timestamps_ns[LOAD_LIMIT];
    double values[LOAD_LIMIT * LOAD_LIMIT];
};

#endif
