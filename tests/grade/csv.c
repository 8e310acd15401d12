#include "grade/csv.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SIZE_LIMIT = 64 << 20 };

static const char DELIMITERS[] = ",;\t";

static int file_read(const char *path, char **bytes)
{
    FILE *file = fopen(path, "re");
    if (!file) return -errno;
    size_t size = 0, room = 1 << 16;
    *bytes = malloc(room);
    while (*bytes && size < SIZE_LIMIT) {
        size_t part = fread(*bytes + size, 1, room - size - 1, file);
        if (part == 0) break;
        size += part;
        char *larger = room - size > 1 ? *bytes : realloc(*bytes, room *= 2);
        if (!larger) free(*bytes);
        *bytes = larger;
    }
    int status = !*bytes ? -ENOMEM : ferror(file) ? -EIO : 0;
    fclose(file);
    if (*bytes) (*bytes)[size] = '\0';
    if (status) free(*bytes);
    return status;
}

// Where cells in quotes end: the quote that is not doubled, or the end of the text.
static const char *quote_end(const char *open)
{
    const char *at = open + 1;
    for (; *at && !(at[0] == '"' && at[1] != '"'); at++)
        if (*at == '"') at++;
    return at;
}

// The one of the three that is most frequent in the first row. Which of them a quote stands
// behind is not known yet: behind any, it begins a cell.
static char delimiter_guess(const char *text)
{
    unsigned counts[sizeof DELIMITERS] = {0}, best = 0;
    for (bool is_start = true; *text && *text != '\n'; text++) {
        const char *found = strchr(DELIMITERS, *text);
        if (found) counts[found - DELIMITERS]++;
        if (is_start && *text == '"') text = quote_end(text);
        if (!*text) break;
        is_start = found;
    }
    for (unsigned i = 1; i < sizeof DELIMITERS - 1; i++)
        if (counts[i] > counts[best]) best = i;
    return DELIMITERS[best];
}

static char *plain_cell_take(const char **text, char delimiter)
{
    const char *at = *text;
    while (*at && *at != delimiter && *at != '\n') at++;
    size_t end = (size_t)(at - *text);
    if (end && *at != delimiter && at[-1] == '\r') end--;
    char *plain = strndup(*text, end);
    *text = at;
    return plain;
}

// Takes one cell from the text and moves behind it, to a delimiter, a line end or the end.
static char *cell_take(const char **text, char delimiter)
{
    if (**text != '"') return plain_cell_take(text, delimiter);
    size_t used = 0;
    const char *at = quote_end(*text);
    char *cell = malloc((size_t)(at - *text) + 1);
    for (const char *from = *text + 1; cell && from < at; from++) {
        if (*from == '"') from++;
        cell[used++] = *from;
    }
    if (cell) cell[used] = '\0';
    if (*at) at++;
    while (*at && *at != delimiter && *at != '\n')
        at++; // what follows a quote is lost
    *text = at;
    return cell;
}

static bool cell_add(struct csv_row *row, char *cell)
{
    char **cells = realloc(row->cells, (row->count + 1) * sizeof *cells);
    if (cells) row->cells = cells;
    if (!cells || !cell) {
        free(cell);
        return false;
    }
    cells[row->count++] = cell;
    return true;
}

static bool row_take(struct csv *csv, const char **text)
{
    struct csv_row *rows = realloc(csv->rows, (csv->count + 1) * sizeof *rows);
    if (!rows) return false;
    csv->rows = rows;
    struct csv_row *row = &rows[csv->count++];
    *row = (struct csv_row){0};
    for (;;) {
        if (!cell_add(row, cell_take(text, csv->delimiter))) return false;
        if (**text != csv->delimiter) break;
        ++*text;
    }
    if (**text) ++*text;
    return true;
}

int csv_load(struct csv *csv, const char *path)
{
    char *bytes = NULL;
    *csv = (struct csv){0};
    int status = file_read(path, &bytes);
    if (status) return status;
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): fopen does set errno
    csv->has_mark = strncmp(bytes, "\xef\xbb\xbf", 3) == 0;
    const char *text = bytes + (csv->has_mark ? 3 : 0);
    csv->delimiter = delimiter_guess(text);
    while (*text && !status)
        if (!row_take(csv, &text)) status = -ENOMEM;
    free(bytes);
    if (status) csv_close(csv);
    return status;
}

void csv_close(struct csv *csv)
{
    for (size_t i = 0; i < csv->count; i++) {
        for (size_t k = 0; k < csv->rows[i].count; k++) free(csv->rows[i].cells[k]);
        free(csv->rows[i].cells);
    }
    free(csv->rows);
    *csv = (struct csv){0};
}

const char *csv_cell(const struct csv *csv, size_t row, size_t column)
{
    return row < csv->count && column < csv->rows[row].count
               ? csv->rows[row].cells[column]
               : "";
}

int csv_column(const struct csv *csv, const char *name)
{
    for (size_t i = 0; csv->count && i < csv->rows[0].count; i++)
        if (strcasecmp(csv->rows[0].cells[i], name) == 0) return (int)i;
    return -1;
}

static bool is_formula(const char *cell)
{
    char *end;
    if (!*cell || !strchr("=+-@\t\r", *cell)) return false;
    strtod(cell, &end);
    return end == cell || *end;
}

// A cell with a delimiter that is not this table's is quoted, too: or who reads it guesses wrong.
void csv_put(struct csv_writer *writer, const char *cell)
{
    bool is_quoted =
        strpbrk(cell, DELIMITERS) || strpbrk(cell, "\"\n\r") || *cell == ' ';
    if (writer->is_inside) fputc(writer->delimiter, writer->file);
    writer->is_inside = true;
    if (is_quoted) fputc('"', writer->file);
    if (is_formula(cell)) fputc('\'', writer->file);
    for (; *cell; cell++) {
        if (*cell == '"') fputc('"', writer->file);
        fputc(*cell, writer->file);
    }
    if (is_quoted) fputc('"', writer->file);
}

void csv_put_number(struct csv_writer *writer, double number)
{
    char text[32];
    snprintf(text, sizeof text, "%.10g", number);
    csv_put(writer, text);
}

void csv_end_row(struct csv_writer *writer)
{
    fputs("\r\n", writer->file);
    writer->is_inside = false;
}
