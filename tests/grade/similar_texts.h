#ifndef GRADE_SIMILAR_TEXTS_H
#define GRADE_SIMILAR_TEXTS_H

// What everybody wrote of one exercise, without what was given, in the files that likeness.h
// compares: OUT/.similar/7.1/000000 ...

#include <stdbool.h>
#include <stddef.h>
#include "grade/course.h"
#include "grade/own_code.h"

struct similar_texts {
    char *folder;
    size_t *submissions; // of each text the number of its submission
    size_t *words;       // and how many words it has
    size_t count;
    size_t too_short; // submissions with too little of their own to tell anything
    size_t too_long;
    bool is_changed; // a file was not there, or another one
};

// Writes the files. 0 or a negative errno; similar_texts_close is due in any case.
int similar_texts_init(struct similar_texts *texts, const struct course *course,
                       unsigned exercise);
void similar_texts_close(struct similar_texts *texts);

// Before measuring: are the figures there those of just these texts? If not, they are given up.
bool similar_texts_begin(const struct similar_texts *texts);

// After measuring: the figures are there. 0 or a negative errno.
int similar_texts_end(const struct similar_texts *texts);

// The folder of an exercise's texts, owned by the caller (free).
char *similar_folder(const struct course *course, unsigned exercise);

// The code given in an exercise, with nothing taken out; own_code_close is due.
void similar_given(struct own_code *given, const struct course *course,
                   unsigned exercise);

// What was handed in of an exercise, as text; NULL: nothing. Owned by the caller (free).
char *similar_text(const struct course *course, const struct submission *submission,
                   unsigned exercise);

#endif
