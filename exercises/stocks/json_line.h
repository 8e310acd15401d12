#ifndef STOCKS_JSON_LINE_H
#define STOCKS_JSON_LINE_H

// What to say about a line of JSON that will not do. Only failures come here, so
// that the reader's way through good lines stays short. Internal.

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

// Spaces, tabs and carriage returns only.
bool json_line_is_blank(const char *line, size_t length);

// Where `key` stands as a key of the line's object, as a column from 1 (1 if it is
// not found). The line is valid JSON.
size_t json_line_column_of(const char *line, size_t length, const char *key);

// Why json_loadb refused the line: a reason for people, written to text, and the
// column from 1.
void json_line_explain(const char *line, size_t length, const json_error_t *failure,
                       char *text, size_t text_size, size_t *column);

// "text", "null", "an object" and so on.
const char *json_line_type_name(const json_t *value);

#endif
