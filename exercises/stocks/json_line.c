// jansson says what it did not expect; the student wants to know what is wrong. The
// common mistakes in stock files are told apart here, by jansson's error code and
// the bytes there.

#include "stocks/json_line.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

// Counts in blocks of one size, because a compiler makes vector code of such a loop.
static size_t count_quotes(const char *line, size_t length)
{
    enum { BLOCK = 32 };
    size_t quotes = 0;
    for (; length >= BLOCK; line += BLOCK, length -= BLOCK) {
        unsigned char some = 0;
        for (size_t i = 0; i < BLOCK; i++)
            some = (unsigned char)(some + (line[i] == '"'));
        quotes += some;
    }
    for (size_t i = 0; i < length; i++) quotes += line[i] == '"';
    return quotes;
}

// jansson finds a key that stands twice with a search for every key, which costs
// more than all else that is done with a line. But a line whose only text is its
// timestamp has two quotes a key and two more, and of a key that stands twice the
// object has one only: where the quotes are as many as they should be, there is
// none.
static json_t *parse(const char *line, size_t length, json_error_t *failure)
{
    json_t *value = json_loadb(line, length, 0, failure);
    if (!value || count_quotes(line, length) == 2 * (json_object_size(value) + 1))
        return value;
    json_decref(value);
    return json_loadb(line, length, JSON_REJECT_DUPLICATES, failure);
}

// ---- without memory
//
// jansson that finds none takes the line for a wrong one, or, worse, leaves a character out of
// a text or of a number and goes on. So its memory comes through here.

static json_malloc_t usual_malloc; // set once, by json_line_prepare
static _Thread_local bool lacks_memory;

static void *noting_malloc(size_t size)
{
    void *memory = usual_malloc(size);
    if (!memory) lacks_memory = true;
    return memory;
}

void json_line_prepare(void)
{
    json_free_t usual_free;
    json_object_seed(
        0); // else drawn at the first object, perhaps by two threads at once
    json_get_alloc_funcs(&usual_malloc, &usual_free);
    json_set_alloc_funcs(noting_malloc, usual_free);
}

json_t *json_line_parse(const char *line, size_t length, json_error_t *failure)
{
    lacks_memory = false;
    json_t *value = parse(line, length, failure);
    errno = lacks_memory ? ENOMEM : EINVAL;
    if (!lacks_memory) return value;
    json_decref(value);
    return NULL;
}

bool json_line_is_blank(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') return false;
    return true;
}

// One past the string that begins with the quote at `at`.
static size_t string_end(const char *line, size_t length, size_t at)
{
    for (at++; at < length && line[at] != '"'; at++)
        if (line[at] == '\\') at++;
    return at + 1;
}

size_t json_line_column_of(const char *line, size_t length, const char *key)
{
    size_t key_length = strlen(key), depth = 0;
    for (size_t at = 0; at < length; at++) {
        if (line[at] == '{' || line[at] == '[') depth++;
        if (line[at] == '}' || line[at] == ']') depth--;
        if (line[at] != '"') continue;
        size_t end = string_end(line, length, at), colon = end;
        while (colon < length && strchr(" \t\r", line[colon])) colon++;
        bool is_key = depth == 1 && colon < length && line[colon] == ':';
        if (is_key && end - at == key_length + 2 &&
            memcmp(line + at + 1, key, key_length) == 0)
            return at + 1;
        at = end - 1;
    }
    return 1;
}

const char *json_line_type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "text";
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    case JSON_NULL:
        return "null";
    default:
        return "a number";
    }
}

static const char *byte_order_mark(const char *line, size_t length)
{
    if (length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) return "UTF-8";
    if (length >= 2 && memcmp(line, "\xff\xfe", 2) == 0) return "UTF-16";
    if (length >= 2 && memcmp(line, "\xfe\xff", 2) == 0) return "UTF-16";
    return NULL;
}

// The literal that JSON does not have at or just before `stop`, where jansson gave
// up.
static const char *not_a_number(const char *line, size_t length, size_t stop)
{
    static const char *const words[] = {"-Infinity", "Infinity", "NaN", "-NaN",
                                        "nan"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t size = strlen(words[i]);
        for (size_t back = 0; back <= size && back <= stop; back++)
            if (stop - back + size <= length && back > 0 &&
                memcmp(line + stop - back, words[i], size) == 0)
                return words[i];
    }
    return NULL;
}

// The type's name where the line is JSON, but not an object; NULL where it is not
// JSON.
static const char *other_value(const char *line, size_t length)
{
    json_t *value = json_loadb(line, length, JSON_DECODE_ANY, NULL);
    const char *name =
        value && !json_is_object(value) ? json_line_type_name(value) : NULL;
    json_decref(value);
    return name;
}

// Whether jansson went to the end of an object that has not been closed.
static bool is_cut(const char *line, size_t length, const json_error_t *failure)
{
    enum json_error_code code = json_error_code(failure);
    if (code == json_error_premature_end_of_input) return true;
    while (length > 0 && json_line_is_blank(line + length - 1, 1)) length--;
    return code != json_error_end_of_input_expected && length > 0 &&
           line[0] == '{' && line[length - 1] != '}' &&
           failure->position >= (int)length;
}

void json_line_explain(const char *line, size_t length, const json_error_t *failure,
                       char *text, size_t text_size, size_t *column)
{
    size_t stop = failure->position > 0 ? (size_t)failure->position : 0;
    enum json_error_code code = json_error_code(failure);
    const char *mark = byte_order_mark(line, length), *word;
    *column = failure->column > 0 ? (size_t)failure->column : 1;
    if (mark) {
        *column = 1;
        snprintf(text, text_size, "the line begins with a byte-order mark (%s)",
                 mark);
    } else if ((word = other_value(line, length)) != NULL) {
        *column = 1;
        snprintf(text, text_size, "the line is %s, not an object", word);
    } else if ((word = not_a_number(line, length, stop)) != NULL) {
        snprintf(text, text_size, "%s is no number in JSON; null is a missing value",
                 word);
    } else if (code == json_error_numeric_overflow) {
        snprintf(text, text_size, "number out of range: %s", failure->text);
    } else if (code == json_error_duplicate_key) {
        snprintf(text, text_size, "a key stands twice: %s", failure->text);
    } else if (is_cut(line, length, failure)) {
        snprintf(text, text_size, "the line is cut short: %s", failure->text);
    } else if (code == json_error_invalid_utf8) {
        snprintf(text, text_size, "invalid UTF-8: %s", failure->text);
    } else {
        snprintf(text, text_size, "not JSON: %s", failure->text);
    }
}
