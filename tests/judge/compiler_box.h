#ifndef JUDGE_COMPILER_BOX_H
#define JUDGE_COMPILER_BOX_H

// A compiler reads what it is told to by the file that it compiles: system files through
// #include, any amount of time and memory through macros. So it runs in a box, too: it sees
// the system's headers and tools, the folders that it is given, and nothing else.

#include "judge/box.h"

struct compiler_box {
    const struct box *box;
    const char *folder;          // where it works and writes, absolute
    const char *const *readable; // what else it may read, absolute; ends with NULL
};

// In a process made for it: becomes the command in the box. For struct command's `become`.
void compiler_box_become(const void *compiler_box, const char *const arguments[]);

#endif
