#ifndef GRADE_TEXT_H
#define GRADE_TEXT_H

// Small things with text. What people are called may be any bytes in file names; everywhere else
// it is valid UTF-8.

#include <stdbool.h>

// As asprintf; the text is owned by the caller (free). Aborts where there is no memory.
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

// A copy in valid UTF-8, owned by the caller (free): bytes that are none stand as %XX.
char *text_valid(const char *bytes);

// A copy, owned by the caller (free), that is a safe file name everywhere: letters, digits and
// . _ - of ASCII stay, all else is %XX; a long one is cut and ends in a number made from all of it.
char *text_file_name(const char *text);

// Does text end so?
bool text_ends(const char *text, const char *end);

// Adds one more to a list in one text, "; " between them. *list is freed and made anew.
void text_add(char **list, const char *more);

#endif
