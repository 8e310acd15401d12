#ifndef JUDGE_TREE_MEMORY_H
#define JUDGE_TREE_MEMORY_H

// How much memory a process and its descendants use together, where no control group counts.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// Do they use more than so many bytes? Pages that several of them share count once, and memory
// files count that only a descriptor holds.
bool tree_memory_exceeds(pid_t root, uint64_t limit_bytes);

#endif
