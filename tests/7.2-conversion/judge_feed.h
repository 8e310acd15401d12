#ifndef JUDGE_FEED_H
#define JUDGE_FEED_H

// Files that are pipes, as the judge writes them: to whoever reads one, and once more to who
// reads it again.

#include "7.2-conversion/judge_conversion.h"

// Opens every pipe that somebody has opened for reading since, and that is not written yet.
void input_pipes_open(struct conversion *conversion);

// Writes every file to whoever reads it, and takes the answer. As runner_call.
int files_feed(struct conversion *conversion, struct runner *runner,
               uint64_t sequence);

// Closes what is still open.
void files_release(struct conversion *conversion);

#endif
