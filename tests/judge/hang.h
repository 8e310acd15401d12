#ifndef JUDGE_HANG_H
#define JUDGE_HANG_H

// Why a call did not come back: what its threads do, and what they wait for.

#include <stdbool.h>
#include <stddef.h>
#include "judge/protocol.h"

struct runner;

// Says it in a sentence, for a runner that is still alive.
void hang_explain(const struct runner *runner, char *text, size_t size);

// The same, from the board alone: main_thread is the id of the runner's main thread,
// is_asleep says whether all of its threads sleep.
void hang_tell(const struct wait_board *board, int main_thread, bool is_asleep,
               char *text, size_t size);

#endif
