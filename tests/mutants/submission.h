#ifndef MUTANTS_SUBMISSION_H
#define MUTANTS_SUBMISSION_H

// A submission made from a file, and judged by the judge's own program.
//
//     struct submission submission;
//     if (submission_name(&submission, "build/mutants", "7.1-submit/late_result.c", NULL) &&
//         submission_lay(&submission, &setting))
//         results = submission_judge(&submission, &setting, "quick");

#include <jansson.h>
#include <stdbool.h>

enum { PATH_LIMIT = 2048 };

// How all submissions are judged.
struct setting {
    const char *root;
    const char *judge;
    const char *output;
    const char *box; // "box=reduced"; NULL: the judge's choice
};

struct submission {
    char file[PATH_LIMIT];
    char name[PATH_LIMIT]; // "7.1-submit/late_result", or "..._on_threads"
    char id[64];           // "7.1"
    // OUTPUT/7.1-submit/late_result: what the judge is given.
    char folder[PATH_LIMIT];
    const char *kind; // the kind of executor that has the mistake; NULL: as it is
};

// Names the submission that a file makes. false: it does not stand in an exercise's folder.
bool submission_name(struct submission *submission, const char *output,
                     const char *file, const char *kind);

// Lays it out as a student would hand it in: a folder with just submit.c in it. A file that ends
// in .sh makes the folder's contents itself.
bool submission_lay(const struct submission *submission,
                    const struct setting *setting);

// The judge's results; NULL when it gave none. leaves_out: "quick", "untimed" or NULL. The
// caller owns them (json_decref).
json_t *submission_judge(const struct submission *submission,
                         const struct setting *setting, const char *leaves_out);

#endif
