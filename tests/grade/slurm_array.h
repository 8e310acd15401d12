#ifndef GRADE_SLURM_ARRAY_H
#define GRADE_SLURM_ARRAY_H

// A round's work as an array of Slurm's: each task grades some numbers of the list, one after the
// other (slurm_task.sh). Slurm begins a task again, elsewhere, whose node is lost.

#include <stdbool.h>
#include "grade/course.h"
#include "grade/round.h"
#include "grade/site.h"

struct slurm_array {
    char id[32];   // "": it may or may not have been sent
    unsigned pack; // numbers of a task
    size_t tasks;
    bool is_alone;   // a node has one task and nothing else
    char away[1024]; // nodes that it stays away from, commas between
};

// Sends an array for a round and fills in its id. 0, or a negative errno and a sentence in text.
int slurm_array_send(struct slurm_array *array, const struct site *site,
                     const struct course *course, const struct round *round,
                     char *text, size_t size);

// Finds the array of a round whose sender did not live to note its id; "": there is none.
void slurm_array_find(struct slurm_array *array, const struct round *round);

// Keeps tasks that have not begun away from these nodes.
void slurm_array_avoid(const struct slurm_array *array, const char *nodes);

void slurm_array_cancel(const struct slurm_array *array);

#endif
