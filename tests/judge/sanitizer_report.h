#ifndef JUDGE_SANITIZER_REPORT_H
#define JUDGE_SANITIZER_REPORT_H

// What AddressSanitizer, UndefinedBehaviorSanitizer, LeakSanitizer, ThreadSanitizer and helgrind
// print, told in a sentence with the student's own file, line and function. No process is touched.

#include <stdbool.h>

enum report_kind {
    REPORT_NONE,    // none seen; which is not to say that there is none
    REPORT_FINDING, // a fault of the student's
    REPORT_BROKEN,  // the tool itself could not work
};

struct report {
    enum report_kind kind;
    char diagnosis[48]; // "data race", "use after free", ...
    char text[600];     // the sentence
};

// Reads what a run printed. file is the student's ("submit.c"): a finding is told at the
// innermost call in it.
struct report sanitizer_report(const char *printed, const char *file);

#endif
