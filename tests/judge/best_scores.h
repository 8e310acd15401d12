#ifndef JUDGE_BEST_SCORES_H
#define JUDGE_BEST_SCORES_H

// The best credit that a file of the student's ever got for its speed, so that a busy machine
// takes nothing away again. One JSON object: the SHA-256 of the file, and for it an object of
// lines and their credit, those of the files checked last:
//
//     { "9f86...": { "threads: speed": 0.8, "processes: speed": 1.0 } }

#include "judge/rubric.h"

// Lifts the credit of every speed line to the best of the same file: of one that passed, and of
// one that could not be measured now, which passes then. Keeps what is better now. A file that
// is missing or damaged is an empty one. 0 or a negative errno.
int best_scores_keep(struct rubric *rubric, const char *path);

#endif
