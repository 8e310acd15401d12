#ifndef GRADE_SUBMISSIONS_H
#define GRADE_SUBMISSIONS_H

// Who handed in what: one entry a person, in the order of the ids. Paths lead to files as they
// were handed in; nothing has looked into them yet.

#include <stdbool.h>
#include <stddef.h>
#include "grade/workbook.h"

// All text is the submission's own; "" where there is none.
struct submission {
    char *id;     // what the grades are listed under: unique, valid UTF-8
    char *name;   // of the person
    char *number; // that the learning platform gave the person or the attempt
    char *label;  // what the folder, or the files, are called
    char *safe;   // the id as a file name
    char *flags;  // what an instructor should look at, "; " between
    char *others; // names of files that are none of the exercises'
    bool is_moodle;
    bool is_in_roster;
    bool has_folder; // false: only the roster knows of it
    struct submitted_file {
        char *folder; // NULL: missing
        char *name;
        long version;  // of several the highest is taken
        char hash[65]; // SHA-256 of what was taken; "": nothing was
        char *reason;  // why nothing was; NULL
    } files[WORKBOOK_LIMIT];
};

struct submissions {
    struct submission **all;
    size_t count;
    char *strays; // what is in the folder and nobody's, a line each
};

void submissions_init(struct submissions *submissions);
void submissions_close(struct submissions *submissions);

// The submission with that number, made where there is none; number NULL: a new one. All is
// copied.
struct submission *submissions_at(struct submissions *submissions, const char *label,
                                  const char *name, const char *number);

// The submission of that id, or else of that label or name; NULL when none or several are.
struct submission *submissions_find(const struct submissions *submissions,
                                    const char *id);

// Notes something that is nobody's. Copied.
void submissions_stray(struct submissions *submissions, const char *text);

// Hands in a file of an exercise, unless a later version is there. Copied.
void submission_file(struct submission *submission, unsigned exercise,
                     const char *folder, const char *name, long version);

// Notes something for the instructor. Copied.
void submission_flag(struct submission *submission, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Gives each an id, valid and unique, and a file name; sorts by id. After the roster has spoken.
void submissions_settle(struct submissions *submissions);

#endif
