#include "grade/roster.h"
#include "grade/csv.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

// Letters and digits alone, in lower case, the first `last` words put behind the others. A copy.
static char *plain_form(const char *text, unsigned first_words)
{
    size_t size = strlen(text) + 1;
    wchar_t *wide = needed(calloc(2 * size, sizeof *wide)), *end = wide;
    char *plain = needed(calloc(4, size));
    size_t length = mbstowcs(wide + size, text, size);
    const wchar_t *from = wide + size, *rest = from;
    bool is_valid = length != (size_t)-1;
    for (unsigned word = 0; is_valid && word < first_words && *rest; word++) {
        while (*rest && !iswalnum((wint_t)*rest)) rest++;
        while (*rest && iswalnum((wint_t)*rest)) rest++;
    }
    for (const wchar_t *at = rest; is_valid && *at; at++)
        if (iswalnum((wint_t)*at)) *end++ = (wchar_t)towlower((wint_t)*at);
    for (const wchar_t *at = from; is_valid && at < rest; at++)
        if (iswalnum((wint_t)*at)) *end++ = (wchar_t)towlower((wint_t)*at);
    *end = L'\0';
    if (is_valid) wcstombs(plain, wide, 4 * size);
    free(wide);
    return plain;
}

static bool is_same_name(const char *cell, const char *called)
{
    enum { WORDS = 4 };
    char *wanted = plain_form(called, 0);
    bool is_same = strcmp(cell, called) == 0;
    for (unsigned words = 0; words < WORDS && !is_same && *wanted; words++) {
        char *plain = plain_form(cell, words);
        is_same = strcmp(plain, wanted) == 0;
        free(plain);
    }
    free(wanted);
    return is_same;
}

static bool is_row_of(const struct csv *roster, size_t row, const char *called)
{
    for (size_t i = 0; *called && i < roster->rows[row].count; i++) {
        const char *cell = csv_cell(roster, row, i);
        if (*cell && is_same_name(cell, called)) return true;
    }
    return false;
}

// The one row that something is called by; 0: none, or several.
static size_t row_find(const struct csv *roster, const char *called)
{
    size_t found = 0;
    for (size_t row = 1; row < roster->count; row++) {
        if (!is_row_of(roster, row, called)) continue;
        if (found) return 0;
        found = row;
    }
    return found;
}

static void name_take(struct submission *submission, const struct csv *roster,
                      size_t row)
{
    int column = csv_column(roster, "name");
    const char *name = column < 0 ? "" : csv_cell(roster, row, (size_t)column);
    if (!*name) return;
    free(submission->name);
    submission->name = text_valid(name);
}

static void roster_take(struct submission *submission, const struct csv *roster,
                        size_t row, size_t id_column)
{
    free(submission->id);
    submission->id = text_valid(csv_cell(roster, row, id_column));
    submission->is_in_roster = true;
    name_take(submission, roster, row);
}

static void absent_add(struct submissions *submissions, const struct csv *roster,
                       const bool has_handed_in[], size_t id_column)
{
    for (size_t row = 1; row < roster->count; row++) {
        const char *id = csv_cell(roster, row, id_column);
        if (has_handed_in[row] || !*id) continue;
        struct submission *submission = submissions_at(submissions, id, "", NULL);
        roster_take(submission, roster, row, id_column);
        submission_flag(submission, "no submission");
    }
}

int roster_match(struct submissions *submissions, const char *path)
{
    struct csv roster;
    int status = csv_load(&roster, path);
    if (status) return status;
    int id_column = csv_column(&roster, "id");
    bool *has_handed_in = needed(calloc(roster.count + 1, sizeof *has_handed_in));
    for (size_t i = 0; id_column >= 0 && i < submissions->count; i++) {
        struct submission *submission = submissions->all[i];
        size_t row = row_find(&roster, submission->number);
        if (!row) row = row_find(&roster, submission->label);
        if (!row) row = row_find(&roster, submission->name);
        has_handed_in[row] = true;
        if (row)
            roster_take(submission, &roster, row, (size_t)id_column);
        else
            submission_flag(submission, "not in the roster");
    }
    if (id_column >= 0)
        absent_add(submissions, &roster, has_handed_in, (size_t)id_column);
    free(has_handed_in);
    csv_close(&roster);
    return id_column < 0 ? -EINVAL : 0;
}
