#ifndef GRADE_WORKBOOK_H
#define GRADE_WORKBOOK_H

// The exercises that there are, by the folders tests/7.*: nothing lists them.

enum { WORKBOOK_LIMIT = 32 };

struct workbook_exercise {
    char folder[64]; // "7.1-submit"
    char id[16];     // "7.1"
    char file[64];   // "submit.c"
};

struct workbook {
    unsigned count;
    struct workbook_exercise exercises[WORKBOOK_LIMIT]; // in the order of their ids
};

// Reads them from the project's folder; exercise: only that id, NULL: all. 0, or a negative
// errno: -ENOENT, there is none.
int workbook_read(struct workbook *workbook, const char *root, const char *exercise);

#endif
