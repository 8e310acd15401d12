#ifndef VERDICTS_HOG_H
#define VERDICTS_HOG_H

// Other programs: processes that use the machine while a verdict is being found. Each ends by
// itself: when its time is over, and at once when the process that started it is gone, however
// that ended.

#include <sys/types.h>

enum hog_kind {
    HOG_STEADY,  // keeps a processor busy
    HOG_SESSION, // likewise, in a session of its own, which some systems share by
    HOG_BURSTY,  // busy and idle in turns, each of some milliseconds
    HOG_DISK,    // writes, has it on the disk, reads it back
};

// Starts one that lives for at most `seconds`; `path` is the file of a HOG_DISK. Its process
// id, or a negative errno.
pid_t hog_start(enum hog_kind kind, unsigned seconds, const char *path);

// Ends it.
void hog_stop(pid_t hog);

#endif
