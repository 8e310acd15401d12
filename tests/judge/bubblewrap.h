#ifndef JUDGE_BUBBLEWRAP_H
#define JUDGE_BUBBLEWRAP_H

// The full box's walls: the command line of bwrap.

#include "judge/box.h"

// Becomes bwrap, which becomes the command; returns only on failure.
void bubblewrap_become(const struct box *box, const struct box_command *command);

#endif
