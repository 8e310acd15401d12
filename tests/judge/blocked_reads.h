#ifndef JUDGE_BLOCKED_READS_H
#define JUDGE_BLOCKED_READS_H

// Which threads of a process tree wait inside read(), and for which file: seen from outside
// through /proc, so that nothing that the tree says of itself counts.

#include <sys/types.h>

struct blocked_read {
    pid_t process;
    pid_t thread;
    dev_t device; // of the file that it reads
    ino_t inode;
};

// Fills reads with those of root and its descendants, at most `limit`; how many. Every thread
// stands there once at most. -EACCES when the kernel shows of no thread what it waits for.
int blocked_reads_find(pid_t root, struct blocked_read reads[], unsigned limit);

#endif
