#ifndef FUZZ_SCRATCH_H
#define FUZZ_SCRATCH_H

// A folder for what readers unpack and write, where SCRATCH says (see input_file.h).

// A folder that is there and empty, with another folder around it that nobody else writes to;
// always the same path. No file in it can become larger than 4 MiB.
const char *scratch_folder(void);

// Claims that nothing but the folder stands in the folder around it: nothing got out.
void scratch_claim_inside(void);

#endif
