#include "mutants/expectation.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = {"threads: ", "processes: "};

static void value_take(const char *row, const char *key, char value[TEXT_SIZE])
{
    size_t length = strlen(key);
    if (strncmp(row, key, length) == 0)
        snprintf(value, TEXT_SIZE, "%.*s", (int)strcspn(row + length, "\n"),
                 row + length);
}

static const char *comment_mark(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".sh") == 0 ? "#" : "//";
}

static bool names_kind(const char *test)
{
    for (int i = 0; i < 2; i++)
        if (strncmp(test, kinds[i], strlen(kinds[i])) == 0) return true;
    return false;
}

bool expectation_read(const char *path, struct expectation *expectation)
{
    const char *mark = comment_mark(path);
    char row[TEXT_SIZE], alone[TEXT_SIZE] = "", points[TEXT_SIZE] = "",
                         with[TEXT_SIZE] = "", loaded[TEXT_SIZE] = "";
    *expectation = (struct expectation){.points = NAN};
    FILE *file = fopen(path, "r");
    if (!file) return false;
    while (fgets(row, sizeof row, file) && strncmp(row, mark, strlen(mark)) == 0) {
        const char *text = row + strlen(mark);
        value_take(text, " caught by: ", expectation->caught_by);
        value_take(text, " fails only: ", alone);
        value_take(text, " says: ", expectation->says);
        value_take(text, " points: ", points);
        value_take(text, " with: ", with);
        value_take(text, " if loaded: ", loaded);
    }
    fclose(file);
    expectation->is_student = !strstr(path, "attacks/");
    expectation->is_alone = *alone != '\0';
    if (*alone) strcpy(expectation->caught_by, alone);
    expectation->is_of_each_kind = *alone && !names_kind(alone);
    expectation->may_pend = strcmp(loaded, "pending") == 0;
    if (*points) expectation->points = atof(points);
    expectation->leaves_out = strcmp(with, "speed") == 0        ? NULL
                              : strcmp(with, "sanitizers") == 0 ? "untimed"
                                                                : "quick";
    return *expectation->caught_by != '\0';
}

struct expectation expectation_on(const struct expectation *expectation,
                                  const char *kind)
{
    struct expectation of_kind = *expectation;
    snprintf(of_kind.caught_by, TEXT_SIZE, "%s: %.1000s", kind,
             expectation->caught_by);
    of_kind.is_of_each_kind = false;
    return of_kind;
}
