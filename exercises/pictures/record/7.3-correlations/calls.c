// What a trace of 7.3 shows as the exercise's calls.

#include "correlations.h"
#include "pictures/record/recorder.h"

RECORDED_CALL(load_series,
              (enum executor_kind kind, int workers, const char *const h5_paths[],
               size_t count, const char *column, struct aligned_series *aligned),
              (kind, workers, h5_paths, count, column, aligned))
RECORDED_CALL(correlate_pairs,
              (enum executor_kind kind, int workers,
               const struct aligned_series *series, double r[],
               struct best_pair *best),
              (kind, workers, series, r, best))
