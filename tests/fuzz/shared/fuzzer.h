#ifndef FUZZ_FUZZER_H
#define FUZZ_FUZZER_H

// A fuzzer is one function that gets bytes nobody has thought of and hands them to a reader of
// ours. It may refuse them in its way; it may not crash, hang, leak, or break what its header
// promises, which a fuzzer claims:
//
//     void fuzz(const uint8_t *bytes, size_t size)
//     {
//         int status = points_find(input_file(bytes, size), "a line", &number);
//         claim(status || number >= 0, "points are no debts");
//     }

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Each fuzzer's own. It is called over and over, and leaves no descriptor open.
void fuzz(const uint8_t *bytes, size_t size);

// Says what was promised and ends the program, which is a finding, where it is not true.
void claim(bool is_true, const char *promise);

// Claims that a text may be shown on a terminal: one line, UTF-8, no control characters.
void claim_printable(const char *text);

#endif
