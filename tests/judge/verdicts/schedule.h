#ifndef VERDICTS_SCHEDULE_H
#define VERDICTS_SCHEDULE_H

// What to measure next, so that a campaign that is stopped at any moment has seen all alike.

#include "judge/verdicts/tally.h"

// A variant on one kind of executor.
struct cell {
    const struct variant *variant;
    enum executor_kind executor;
};

enum { CELL_LIMIT = 2 * VARIANT_LIMIT };

// The cells of the variants whose name has `word` in it (NULL: all); how many.
int cells_list(const struct variant variants[], int count, const char *word,
               struct cell cells[CELL_LIMIT]);

// How many verdicts a cell gets of a condition's `target`: honest code has two fifths of them.
unsigned cell_target(const struct cell cells[], int count, const struct cell *cell,
                     unsigned target);

// How many of a condition's verdicts are there, as a part of what is wanted: 1 when none is
// missing.
double condition_progress(const struct tally *tally, const char *condition,
                          const struct cell cells[], int count, unsigned target);

// The cell of which the greatest part is missing; NULL when none is. The first of those that
// are alike, from cells[turn % count] on.
const struct cell *cell_next(const struct tally *tally, const char *condition,
                             const struct cell cells[], int count, unsigned target,
                             unsigned turn);

#endif
