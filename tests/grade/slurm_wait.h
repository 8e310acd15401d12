#ifndef GRADE_SLURM_WAIT_H
#define GRADE_SLURM_WAIT_H

// Waiting for an array, with a bar that follows the round's marks.

#include "grade/course.h"
#include "grade/round.h"
#include "grade/slurm_array.h"

// Waits until all numbers are marked or the array is over, or waits only for nodes that do not see
// the folders; these are added to array->away. What is left of the array is ended then. 0, or a
// negative errno when it could never begin, which has been said on standard error.
int slurm_wait(const struct course *course, const struct round *round,
               struct slurm_array *array, const char *title);

#endif
