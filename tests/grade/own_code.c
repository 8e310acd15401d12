#include "grade/own_code.h"
#include "grade/c_tokens.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Names that stay as they are.
static const char *const keywords[] = {
    "auto",    "break",  "case",     "char",   "const",    "continue", "default",
    "do",      "double", "else",     "enum",   "extern",   "float",    "for",
    "goto",    "if",     "inline",   "int",    "long",     "register", "restrict",
    "return",  "short",  "signed",   "sizeof", "static",   "struct",   "switch",
    "typedef", "union",  "unsigned", "void",   "volatile", "while"};

// A statement that is being read.
struct draft {
    FILE *stream;
    char *shape;
    size_t size;
    size_t words;
    unsigned first_line;
    int depth; // of ( and [: a ; inside them ends nothing
    bool is_include;
};

static bool is_keyword(const struct c_token *token)
{
    for (unsigned i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (c_token_is(token, keywords[i])) return true;
    return false;
}

static void draft_begin(struct draft *draft)
{
    *draft = (struct draft){0};
    draft->stream = needed(open_memstream(&draft->shape, &draft->size));
}

static void draft_add(struct draft *draft, const struct c_token *token)
{
    if (!draft->words) draft->first_line = token->line;
    if (token->kind == C_DIRECTIVE_END) return;
    if (c_token_is(token, "(") || c_token_is(token, "[")) draft->depth++;
    if (c_token_is(token, ")") || c_token_is(token, "]")) draft->depth--;
    draft->is_include |= draft->words == 1 && c_token_is(token, "include");
    if (draft->words++) fputc(' ', draft->stream);
    if (token->kind == C_NAME && !is_keyword(token))
        // NOLINTNEXTLINE(bugprone-branch-clone): the kinds in order, what is odd last
        fputc('x', draft->stream);
    else if (token->kind == C_NUMBER)
        fputc('1', draft->stream);
    else if (token->kind == C_STRING)
        fputs("\"\"", draft->stream);
    else if (token->start[0] < ' ' || token->start[0] > '~' || *token->start == '#')
        fputc('x', draft->stream);
    else
        fwrite(token->start, 1, token->length, draft->stream);
}

static bool is_last(const struct draft *draft, const struct c_token *token)
{
    return token->kind == C_DIRECTIVE_END || c_token_is(token, "{") ||
           c_token_is(token, "}") || (c_token_is(token, ";") && draft->depth <= 0);
}

static bool has_shape(const struct own_code *code, const char *shape)
{
    for (size_t i = 0; code && i < code->count; i++)
        if (strcmp(code->statements[i].shape, shape) == 0) return true;
    return false;
}

// #include, a function's declaration and nothing are no code: moving a function up or down needs
// declarations that were not there before.
static bool is_code(const struct draft *draft, unsigned braces)
{
    bool is_declaration = braces == 0 && text_ends(draft->shape, ") ;");
    return draft->words > 0 && !draft->is_include && !is_declaration;
}

// Takes over the draft's shape.
static void statement_add(struct own_code *code, const struct draft *draft,
                          unsigned last_line, bool is_own)
{
    if ((code->count & (code->count - 1)) == 0) {
        size_t size = (2 * code->count + 1) * sizeof *code->statements;
        code->statements = needed(realloc(code->statements, size));
    }
    code->statements[code->count++] =
        (struct statement){draft->shape, draft->first_line, last_line, is_own, 0};
    if (is_own) code->own_words += draft->words;
}

// braces: how many are open where the draft begins.
static void draft_end(struct draft *draft, struct own_code *code,
                      const struct own_code *given, unsigned last_line,
                      unsigned *braces)
{
    needed_close(draft->stream);
    bool is_kept = is_code(draft, *braces);
    if (text_ends(draft->shape, "{")) ++*braces;
    if (text_ends(draft->shape, "}") && *braces > 0) --*braces;
    if (is_kept)
        statement_add(code, draft, last_line, !has_shape(given, draft->shape));
    else
        free(draft->shape);
}

static void lines_number(struct own_code *code)
{
    size_t line = 0;
    for (size_t i = 0; i < code->count; i++)
        if (code->statements[i].is_own) code->statements[i].own_line = line++;
}

void own_code_init(struct own_code *code, const char *text,
                   const struct own_code *given)
{
    struct c_reader reader = {.at = text, .line = 1};
    struct c_token token = {.line = 1};
    struct draft draft;
    unsigned braces = 0;
    *code = (struct own_code){0};
    draft_begin(&draft);
    while (c_token_read(&reader, &token)) {
        draft_add(&draft, &token);
        if (!is_last(&draft, &token)) continue;
        draft_end(&draft, code, given, token.line, &braces);
        draft_begin(&draft);
    }
    draft_end(&draft, code, given, token.line, &braces);
    lines_number(code);
}

void own_code_close(struct own_code *code)
{
    for (size_t i = 0; i < code->count; i++) free(code->statements[i].shape);
    free(code->statements);
}

char *own_code_text(const struct own_code *code)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = needed(open_memstream(&text, &size));
    for (size_t i = 0; i < code->count; i++)
        if (code->statements[i].is_own)
            fprintf(stream, "%s\n", code->statements[i].shape);
    needed_close(stream);
    return text;
}
