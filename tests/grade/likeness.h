#ifndef GRADE_LIKENESS_H
#define GRADE_LIKENESS_H

// How much of one text is found in another, as sim_c sees it (Debian's similarity-tester): runs of
// LIKENESS_RUN words or more that are the same, wherever they stand. The texts are the files
// "000000", "000001" ... of a folder, of words that own_code.h writes: sim_c reads nothing else.

#include <stdbool.h>
#include <stddef.h>

enum { LIKENESS_RUN = 16 };

// 0: there is a sim_c; -ENOENT: there is none; or the negative errno that kept from looking.
int likeness_check(void);

// Compares each of count texts with each other one, `jobs` processes at a time: percents[a *
// count + b] is how much of a is in b. title: for the progress bar. What a folder has measured it
// keeps: is_known says that no text has changed since. 0 or a negative errno: -ETIMEDOUT, or
// -EIO, sim_c failed.
int likeness_measure(unsigned char *percents, const char *folder, size_t count,
                     const char *title, unsigned jobs, bool is_known);

// Marks the lines of texts a and b (from 0) that are part of a run found in both; beyond
// their counts nothing is marked. 0 or a negative errno.
int likeness_mark(const char *folder, size_t a, size_t b, bool *marks_a,
                  size_t count_a, bool *marks_b, size_t count_b);

#endif
