#ifndef JUDGE_READER_H
#define JUDGE_READER_H

// The boxed program that reads HDF5 files of a student's making (reader.c): HDF5 itself may be
// broken by what is in them.

#include "7.2-conversion/judge_conversion.h"

// Has it read the HDF5 file of every input that was to be converted, and write what it finds
// (reading.h) to the memfd `answer`, the caller's; whether it came to the end, the answer shows.
// 0, or -1 with the verdict in the line: a file is missing, is no file, or is far too large.
int reader_ask(struct conversion *conversion, int answer);

#endif
