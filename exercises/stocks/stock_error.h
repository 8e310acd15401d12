#ifndef STOCKS_STOCK_ERROR_H
#define STOCKS_STOCK_ERROR_H

// How the functions of this folder write the sentence of a struct stock_error.
// Internal.

#include "stocks/stock_table.h"

// Longest part of a path that a sentence shows; of a longer one it shows the end.
#define STOCK_ERROR_PATH_MAX 200

// Writes "path: " and the formatted reason; error may be NULL. Returns status, so
// that a function can end with `return stock_error_set(error, path, -EINVAL,
// "...")`.
int stock_error_set(struct stock_error *error, const char *path, int status,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

// As stock_error_set, with the place in a text file before the reason, both from 1:
// "path:line:column: reason".
int stock_error_set_at(struct stock_error *error, const char *path, size_t line,
                       size_t column, int status, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
