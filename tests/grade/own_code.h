#ifndef GRADE_OWN_CODE_H
#define GRADE_OWN_CODE_H

// What of a file is the student's own: its statements without those that stand in the given file.
// A statement is what ends with ; { or }, or a directive; layout and comments do not count, and
// neither do names: each statement is kept as its shape, "int x = x ( x , 1 ) ;". So a given
// statement with other names is still a given one.

#include <stdbool.h>
#include <stddef.h>

struct statement {
    char *shape;
    unsigned first_line, last_line; // 1: the first
    bool is_own;
    size_t own_line; // 0: the first of own_code_text; where it is own
};

struct own_code {
    struct statement *statements;
    size_t count;
    size_t own_words; // of all own statements
};

// Cuts the text, ended by a NUL, into statements; given NULL: all are own. Nothing is borrowed.
void own_code_init(struct own_code *code, const char *text,
                   const struct own_code *given);
void own_code_close(struct own_code *code);

// The shapes of all own statements, a line each. Owned by the caller (free).
char *own_code_text(const struct own_code *code);

#endif
