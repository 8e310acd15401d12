#include "grade/c_tokens.h"
#include <ctype.h>
#include <string.h>

static bool is_name(char sign)
{
    return isalnum((unsigned char)sign) || sign == '_';
}

static void comment_skip(struct c_reader *reader)
{
    bool is_block = reader->at[1] == '*';
    reader->at += 2;
    while (*reader->at) {
        if (is_block && strncmp(reader->at, "*/", 2) == 0) {
            reader->at += 2;
            return;
        }
        if (*reader->at == '\n') {
            if (!is_block) return;
            reader->line++;
        }
        reader->at++;
    }
}

// Up to the next word, or to the end of a directive's line.
static void space_skip(struct c_reader *reader)
{
    for (;; reader->at++) {
        while (strncmp(reader->at, "//", 2) == 0 ||
               strncmp(reader->at, "/*", 2) == 0)
            comment_skip(reader);
        bool is_joined = strncmp(reader->at, "\\\n", 2) == 0;
        if (is_joined) reader->at++;
        if (*reader->at == '\n') {
            if (reader->is_directive && !is_joined) return;
            reader->line++;
            reader->is_inside_line &= is_joined;
        } else if (!isspace((unsigned char)*reader->at)) {
            return;
        }
    }
}

// A quotation ends with its line, whatever it lacks.
static size_t quotation_length(const char *text)
{
    size_t length = 1;
    while (text[length] && text[length] != '\n' && text[length] != *text)
        length += text[length] == '\\' && text[length + 1] > '\n' ? 2 : 1;
    return length + (text[length] == *text);
}

static size_t sign_length(const char *text)
{
    static const char *const longer[] = {
        "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==",
        "!=",  "&&",  "||",  "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="};
    for (unsigned i = 0; i < sizeof longer / sizeof *longer; i++)
        if (strncmp(text, longer[i], strlen(longer[i])) == 0)
            return strlen(longer[i]);
    return 1;
}

static size_t number_length(const char *text)
{
    size_t length = 1;
    while (is_name(text[length]) || text[length] == '.' ||
           (text[length] && strchr("+-", text[length]) &&
            strchr("eEpP", text[length - 1])))
        length++;
    return length;
}

static size_t word_length(const char *text, enum c_token_kind *kind)
{
    size_t length = 1;
    if (isdigit((unsigned char)*text)) {
        *kind = C_NUMBER;
        return number_length(text);
    }
    if (is_name(*text)) {
        *kind = C_NAME;
        while (is_name(text[length])) length++;
        return length;
    }
    *kind = *text == '"' || *text == '\'' ? C_STRING : C_SIGN;
    return *kind == C_STRING ? quotation_length(text) : sign_length(text);
}

bool c_token_read(struct c_reader *reader, struct c_token *token)
{
    space_skip(reader);
    *token = (struct c_token){.start = reader->at, .line = reader->line};
    bool is_end = !*reader->at || *reader->at == '\n';
    if (is_end && reader->is_directive) {
        reader->is_directive = false;
        token->kind = C_DIRECTIVE_END;
        return true;
    }
    if (is_end) return false;
    token->length = word_length(reader->at, &token->kind);
    if (*reader->at == '#' && !reader->is_inside_line) {
        token->kind = C_DIRECTIVE;
        reader->is_directive = true;
    }
    reader->is_inside_line = true;
    reader->at += token->length;
    return true;
}

bool c_token_is(const struct c_token *token, const char *word)
{
    return token->length == strlen(word) &&
           memcmp(token->start, word, token->length) == 0;
}
