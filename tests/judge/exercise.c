#include "judge/exercise.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct exercise registered[EXERCISE_LIMIT];
static unsigned registered_count;

void exercise_register(const char *folder, exercise_lines_fn *lines)
{
    const char *dash = strchr(folder, '-');
    if (registered_count == EXERCISE_LIMIT || !dash) abort();
    struct exercise *exercise = &registered[registered_count++];
    exercise->folder = folder;
    exercise->title = dash + 1;
    exercise->lines = lines;
    exercise->build = BUILD_MISSING;
    snprintf(exercise->id, sizeof exercise->id, "%.*s", (int)(dash - folder),
             folder);
}

static int by_id(const void *a, const void *b)
{
    const struct exercise *left = a, *right = b;
    return strverscmp(left->id, right->id);
}

struct exercise *exercises(unsigned *count)
{
    qsort(registered, registered_count, sizeof *registered, by_id);
    *count = registered_count;
    return registered;
}
