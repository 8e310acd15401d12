#ifndef JUDGE_BOX_CHOOSE_H
#define JUDGE_BOX_CHOOSE_H

// Which box works here: each is tried, from the strongest down, with a program that attempts
// what it must refuse. Nothing is believed that was not seen.

#include <stddef.h>
#include "judge/box.h"

// Finds the strongest box in which `probe` (the program of probe/main.c, an absolute path)
// saw every limit hold, with `hidden` (absolute) out of sight. `most` bounds the choice from
// above, for tests. Never fails: the weakest box is none.
struct box box_choose(const char *probe, const char *hidden, enum isolation most);

// Tries one box; false when a limit did not hold, with which ones in text.
bool box_try(struct box *box, const char *probe, const char *hidden, char *text,
             size_t size);

// The boxes that are tried, strongest first; how many.
int box_candidates(struct box candidates[BOX_LIMITS], enum isolation most);

#endif
