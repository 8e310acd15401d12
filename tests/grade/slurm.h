#ifndef GRADE_SLURM_H
#define GRADE_SLURM_H

// Slurm's commands, as they are on the PATH (sbatch, squeue, sinfo, scontrol, scancel): they find
// the cluster's settings themselves.

#include <stddef.h>
#include "grade/site.h"

// Runs one; what it said, without blank ends, is in text. Its exit status, 127 where there is no
// such program, or a negative errno.
int slurm_run(const char *const arguments[], char *text, size_t size);

// Takes out what each line of Slurm's begins with ("sbatch: error: "), and makes it one line.
void slurm_said_clean(char *said);

// Is there a Slurm that answers, with the site's partition? 0, or a negative errno and a sentence.
int slurm_check(const struct site *site, char *text, size_t size);

// The most tasks that an array may have here.
size_t slurm_array_limit(void);

#endif
