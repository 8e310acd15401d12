#include "grade/intake.h"
#include "grade/text.h"
#include "judge/command.h"
#include "judge/durable_file.h"
#include "judge/importer.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// 0, also where the file is refused, or a negative errno.
static int file_take(struct submission *submission, struct submitted_file *file,
                     const struct workbook_exercise *exercise, const char *folder)
{
    char text[512] = "";
    char *path = text_format("%s/%s", folder, exercise->file);
    int status = -ENOENT;
    if (file->folder)
        status = import_file(file->folder, ".", file->name, path, text, sizeof text);
    else
        unlink(path);
    if (status == 0)
        file->reason = NULL;
    else if (!file->folder || status == -ENOENT || status == -ENOTDIR)
        file->reason =
            *submission->others
                ? text_format("there is no %s; there is: %s", exercise->file,
                              submission->others)
                : text_format("there is no %s in the submission", exercise->file);
    else
        file->reason = text_valid(text);
    if (file->folder && file->reason)
        submission_flag(submission, "%s", file->reason);
    free(path);
    return import_is_unable(status) ? status : 0;
}

// One call for all files of a submission; their names are the exercises' own.
static int hashes_take(struct submission *submission,
                       const struct workbook *workbook, const char *folder)
{
    const char *arguments[WORKBOOK_LIMIT + 3] = {"sha256sum", "--"};
    unsigned count = 2;
    char text[WORKBOOK_LIMIT * 160];
    for (unsigned i = 0; i < workbook->count; i++)
        if (!submission->files[i].reason)
            arguments[count++] = workbook->exercises[i].file;
    if (count == 2) return 0;
    struct command command = {
        .arguments = arguments, .folder = folder, .limit_s = 60};
    int status = command_run(&command, text, sizeof text);
    if (status) return status < 0 ? status : -EIO;
    const char *row = text;
    for (unsigned i = 0; i < workbook->count && row; i++) {
        struct submitted_file *file = &submission->files[i];
        if (file->reason) continue;
        snprintf(file->hash, sizeof file->hash, "%.64s", row);
        row = strchr(row, '\n');
        if (row) row++;
    }
    return 0;
}

int intake(struct submission *submission, const struct workbook *workbook,
           const char *sources)
{
    char *folder = text_format("%s/%s", sources, submission->safe);
    int status = durable_folder_make(folder);
    for (unsigned i = 0; i < workbook->count && !status; i++)
        status = file_take(submission, &submission->files[i],
                           &workbook->exercises[i], folder);
    if (!status) status = hashes_take(submission, workbook, folder);
    free(folder);
    return status;
}

int hash_of_command(const char *folder, const char *script, char hash[65])
{
    char text[256];
    char *whole = text_format("(%s) | sha256sum", script);
    const char *arguments[] = {"sh", "-c", whole, NULL};
    struct command command = {
        .arguments = arguments, .folder = folder, .limit_s = 120};
    int status = command_run(&command, text, sizeof text);
    snprintf(hash, 65, "%.64s", text);
    free(whole);
    return status < 0 ? status : status || strlen(hash) != 64 ? -EIO : 0;
}

static void copies_flag(struct submissions *submissions, unsigned exercise,
                        const char *file, const char *given)
{
    for (size_t i = 0; i < submissions->count; i++) {
        struct submission *one = submissions->all[i];
        const char *hash = one->files[exercise].hash;
        for (size_t k = 0; k < submissions->count; k++) {
            struct submission *other = submissions->all[k];
            if (k == i || !*hash || strcmp(hash, given) == 0 ||
                strcmp(hash, other->files[exercise].hash) != 0)
                continue;
            submission_flag(one, "the same %s as %s", file, other->id);
            break;
        }
    }
}

void intake_flag_copies(struct submissions *submissions,
                        const struct workbook *workbook, const char *root)
{
    for (unsigned i = 0; i < workbook->count; i++) {
        char given[65] = "";
        char *script =
            text_format("cat tests/%s/baseline.c", workbook->exercises[i].folder);
        hash_of_command(root, script, given);
        free(script);
        copies_flag(submissions, i, workbook->exercises[i].file, given);
    }
}
