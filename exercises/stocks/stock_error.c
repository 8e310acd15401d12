// The sentence of a failure. A path can be longer than the room for the whole
// sentence, so only its end is shown: the reason must never be what is cut off.

#include "stocks/stock_error.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *shown_path(const char *path, const char **dots)
{
    size_t length = strlen(path);
    *dots = length > STOCK_ERROR_PATH_MAX ? "..." : "";
    return length > STOCK_ERROR_PATH_MAX ? path + length - STOCK_ERROR_PATH_MAX
                                         : path;
}

static void append_reason(struct stock_error *error, int used, const char *format,
                          va_list arguments)
{
    size_t begin = used < 0 ? 0 : (size_t)used;
    if (begin < sizeof error->text)
        vsnprintf(error->text + begin, sizeof error->text - begin, format,
                  arguments);
}

int stock_error_set(struct stock_error *error, const char *path, int status,
                    const char *format, ...)
{
    if (!error) return status;
    const char *dots, *shown = shown_path(path, &dots);
    int used = snprintf(error->text, sizeof error->text, "%s%s: ", dots, shown);
    va_list arguments;
    va_start(arguments, format);
    append_reason(error, used, format, arguments);
    va_end(arguments);
    return status;
}

int stock_error_set_at(struct stock_error *error, const char *path, size_t line,
                       size_t column, int status, const char *format, ...)
{
    if (!error) return status;
    const char *dots, *shown = shown_path(path, &dots);
    int used = snprintf(error->text, sizeof error->text, "%s%s:%zu:%zu: ", dots,
                        shown, line, column);
    va_list arguments;
    va_start(arguments, format);
    append_reason(error, used, format, arguments);
    va_end(arguments);
    return status;
}
