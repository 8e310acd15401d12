#ifndef GRADE_C_TOKENS_H
#define GRADE_C_TOKENS_H

// C text as the words that a compiler sees: no comments, no space. Any bytes may be read; what is
// no C becomes signs.
//
//     struct c_reader reader = {.at = text, .line = 1};
//     struct c_token token;
//     while (c_token_read(&reader, &token)) ...

#include <stdbool.h>
#include <stddef.h>

enum c_token_kind {
    C_NAME,          // a keyword, too
    C_NUMBER,        // 12, 0x1p3
    C_STRING,        // "..." and '...'
    C_SIGN,          // one or more of + - * ( ; ...
    C_DIRECTIVE,     // the # that begins a line
    C_DIRECTIVE_END, // the end of such a line
};

// start is borrowed from the text.
struct c_token {
    enum c_token_kind kind;
    const char *start;
    size_t length;
    unsigned line; // 1: the first
};

struct c_reader {
    const char *at;
    unsigned line;
    bool is_inside_line; // a word of this line has been read
    bool is_directive;
};

// Reads the next one. false: the text has ended.
bool c_token_read(struct c_reader *reader, struct c_token *token);

// Is it this word or sign?
bool c_token_is(const struct c_token *token, const char *word);

#endif
