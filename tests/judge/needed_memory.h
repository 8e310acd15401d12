#ifndef JUDGE_NEEDED_MEMORY_H
#define JUDGE_NEEDED_MEMORY_H

// Judge and grader need what memory they ask for. A program that has none left says so and ends
// with status 2: nothing was graded. In a test's own process that leaves its line without a
// verdict, which is an error and costs nothing.

#include <stdio.h>

// What was allocated; a NULL ends the program.
void *needed(void *memory);

// Closes what open_memstream has opened. Of a text that lacks something the program ends, too.
void needed_close(FILE *memory);

// From here on jansson's memory is needed, too: without, it may drop characters and go on.
void needed_by_jansson(void);

#endif
