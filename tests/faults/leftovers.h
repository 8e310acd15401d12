#ifndef FAULTS_LEFTOVERS_H
#define FAULTS_LEFTOVERS_H

// What a call may leave behind in its process: descriptors, threads and children.
//
//     struct leftovers before = leftovers_count();
//     ...
//     leftovers_tell(&before); // prints a line for each kind of which there are more now

#include <stdbool.h>
#include "futures/futures.h"

struct leftovers {
    int descriptors;
    int threads;
};

struct leftovers leftovers_count(void);

// Prints "left N descriptors", "left N threads", "left children".
void leftovers_tell(const struct leftovers *before);

// The executor of that name; false: there is none.
bool kind_find(const char *name, enum executor_kind *kind);

#endif
