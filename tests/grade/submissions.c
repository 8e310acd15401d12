#include "grade/submissions.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void submissions_init(struct submissions *submissions)
{
    *submissions = (struct submissions){.strays = text_format("%s", "")};
}

static void submission_free(struct submission *submission)
{
    for (unsigned i = 0; i < WORKBOOK_LIMIT; i++) {
        free(submission->files[i].folder);
        free(submission->files[i].name);
        free(submission->files[i].reason);
    }
    free(submission->id);
    free(submission->name);
    free(submission->number);
    free(submission->label);
    free(submission->safe);
    free(submission->flags);
    free(submission->others);
    free(submission);
}

void submissions_close(struct submissions *submissions)
{
    for (size_t i = 0; i < submissions->count; i++)
        submission_free(submissions->all[i]);
    free(submissions->all);
    free(submissions->strays);
}

static struct submission *submission_create(const char *label, const char *name,
                                            const char *number)
{
    struct submission *submission = needed(calloc(1, sizeof *submission));
    submission->label = text_valid(label);
    submission->name = text_valid(name);
    submission->number = text_valid(number ? number : "");
    submission->id =
        text_format("%s", number ? submission->number : submission->label);
    submission->flags = text_format("%s", "");
    submission->others = text_format("%s", "");
    submission->safe = text_format("%s", "");
    return submission;
}

struct submission *submissions_at(struct submissions *submissions, const char *label,
                                  const char *name, const char *number)
{
    struct submission *made = submission_create(label, name, number);
    for (size_t i = 0; number && i < submissions->count; i++) {
        struct submission *there = submissions->all[i];
        if (strcmp(there->number, made->number) != 0) continue;
        submission_free(made);
        return there;
    }
    size_t size = (submissions->count + 1) * sizeof *submissions->all;
    submissions->all = needed(realloc(submissions->all, size));
    submissions->all[submissions->count++] = made;
    return made;
}

static bool is_called(const struct submission *submission, const char *id)
{
    return strcmp(submission->label, id) == 0 || strcmp(submission->name, id) == 0 ||
           strcmp(submission->number, id) == 0;
}

struct submission *submissions_find(const struct submissions *submissions,
                                    const char *id)
{
    struct submission *found = NULL;
    for (size_t i = 0; i < submissions->count; i++)
        if (strcmp(submissions->all[i]->id, id) == 0) return submissions->all[i];
    for (size_t i = 0; i < submissions->count; i++) {
        if (!is_called(submissions->all[i], id)) continue;
        if (found) return NULL;
        found = submissions->all[i];
    }
    return found;
}

void submissions_stray(struct submissions *submissions, const char *text)
{
    char *valid = text_valid(text);
    char *longer = text_format("%s%s\n", submissions->strays, valid);
    free(valid);
    free(submissions->strays);
    submissions->strays = longer;
}

void submission_file(struct submission *submission, unsigned exercise,
                     const char *folder, const char *name, long version)
{
    struct submitted_file *file = &submission->files[exercise];
    if (file->folder && file->version >= version) return;
    free(file->folder);
    free(file->name);
    file->folder = text_format("%s", folder);
    file->name = text_format("%s", name);
    file->version = version;
}

void submission_flag(struct submission *submission, const char *format, ...)
{
    va_list arguments;
    char *flag;
    va_start(arguments, format);
    if (vasprintf(&flag, format, arguments) < 0) needed(NULL);
    va_end(arguments);
    if (!strstr(submission->flags, flag)) text_add(&submission->flags, flag);
    free(flag);
}

static int by_id(const void *a, const void *b)
{
    const struct submission *const *left = a, *const *right = b;
    int order = strverscmp((*left)->id, (*right)->id);
    return order ? order : strcmp((*left)->label, (*right)->label);
}

// Two people may have handed in under what becomes the same id, or have none.
static void id_distinguish(const struct submissions *submissions, size_t index)
{
    struct submission *submission = submissions->all[index];
    char *wanted = text_format("%s", *submission->id ? submission->id : "unnamed");
    char *id = text_format("%s", wanted);
    for (unsigned number = 2;; number++) {
        bool is_taken = false;
        for (size_t i = 0; i < index; i++)
            is_taken |= strcmp(submissions->all[i]->id, id) == 0;
        if (!is_taken) break;
        submission_flag(submission, "several submissions as %s", wanted);
        free(id);
        id = text_format("%s (%u)", wanted, number);
    }
    free(wanted);
    free(submission->id);
    submission->id = id;
}

void submissions_settle(struct submissions *submissions)
{
    if (submissions->count == 0) return;
    qsort(submissions->all, submissions->count, sizeof *submissions->all, by_id);
    for (size_t i = 0; i < submissions->count; i++) {
        struct submission *submission = submissions->all[i];
        id_distinguish(submissions, i);
        free(submission->safe);
        submission->safe = text_file_name(submission->id);
    }
}
