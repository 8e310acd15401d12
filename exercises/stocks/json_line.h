#ifndef STOCKS_JSON_LINE_H
#define STOCKS_JSON_LINE_H

// One line of JSON: parsing it, and what to say about one that will not do.
// Internal.

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

// To be called once, before all else.
void json_line_prepare(void);

// The line's value. The caller owns it (json_decref). NULL with errno ENOMEM, or with EINVAL
// and the failure: not JSON, or a key that stands twice.
json_t *json_line_parse(const char *line, size_t length, json_error_t *failure);

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
