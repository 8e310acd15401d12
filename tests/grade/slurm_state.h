#ifndef GRADE_SLURM_STATE_H
#define GRADE_SLURM_STATE_H

// How the tasks of an array are, as far as Slurm still knows: it forgets them after some minutes.

#include <stdbool.h>
#include <stddef.h>
#include "grade/slurm_array.h"

struct slurm_state {
    bool is_known; // false: Slurm does not answer now
    size_t waiting;
    size_t running;
    size_t stuck; // held back after Slurm could not start them
    size_t ended;
    size_t failed;    // of those that have ended
    char reason[64];  // why one waits
    bool is_hopeless; // and that will never end
    bool
        misses_root; // a node does not see the project's folder, of those that are blind
    char
        blind[1024]; // nodes that do not see a folder that they need, commas between
};

void slurm_state_look(const struct slurm_array *array, struct slurm_state *state);

#endif
