#include "grade/workbook.h"
#include "grade/text.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b)
{
    const struct workbook_exercise *left = a, *right = b;
    return strverscmp(left->id, right->id);
}

static void exercise_add(struct workbook *workbook, const char *folder,
                         const char *wanted)
{
    const char *dash = strchr(folder, '-');
    if (strncmp(folder, "7.", 2) != 0 || !dash || strlen(folder) > 40) return;
    if (workbook->count == WORKBOOK_LIMIT) return;
    struct workbook_exercise *exercise = &workbook->exercises[workbook->count];
    snprintf(exercise->folder, sizeof exercise->folder, "%.40s", folder);
    snprintf(exercise->id, sizeof exercise->id, "%.*s", (int)(dash - folder),
             folder);
    snprintf(exercise->file, sizeof exercise->file, "%.40s.c", dash + 1);
    if (!wanted || strcmp(wanted, exercise->id) == 0) workbook->count++;
}

int workbook_read(struct workbook *workbook, const char *root, const char *exercise)
{
    char *path = text_format("%s/tests", root);
    DIR *folder = opendir(path);
    workbook->count = 0;
    free(path);
    if (!folder) return -errno;
    for (struct dirent *entry; (entry = readdir(folder));)
        exercise_add(workbook, entry->d_name, exercise);
    closedir(folder);
    qsort(workbook->exercises, workbook->count, sizeof *workbook->exercises, by_id);
    return workbook->count ? 0 : -ENOENT;
}
