#ifndef JUDGE_READ_BACK_H
#define JUDGE_READ_BACK_H

#include "7.2-conversion/judge_conversion.h"

// Has a reader read the HDF5 file of every input that was to be converted, and compares names,
// types, moments and numbers with what the JSON file says. To be called when nothing of the
// runner lives any more. 0, or -1 with the verdict in the line.
int files_read_back(struct conversion *conversion);

#endif
