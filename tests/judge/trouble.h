#ifndef JUDGE_TROUBLE_H
#define JUDGE_TROUBLE_H

// What kept the judge itself from its work: no descriptors, memory, processes or room on the
// disk were left. Somebody who could not look has seen nothing, so a test in which there was
// trouble neither passes nor fails: it ends as an error (rubric.c), and its points stay open.
//
//     int fd = open(path, O_RDONLY);
//     if (fd < 0) return trouble_look(), false; // it may also be gone, which is no trouble
//
// All threads of a process note it in the same place.

// No trouble so far.
void trouble_clear(void);

// Notes that a step of the judge's own has failed with that error, whichever it is; 0: none.
// The first one stays. Returns it as a negative errno.
int trouble_note(int error);

// Notes errno after a failed call if it says that the judge was short of something; errno
// stays. Other errors say something of what was looked at.
void trouble_look(void);

// The first error that was noted; 0: none.
int trouble_error(void);

#endif
