// Nothing of it has to be there: what is missing is null, and the page says how to get it.

#include "student/report/exercise_data.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "judge/attempts.h"
#include "judge/points.h"
#include "student/report/recorded_tasks.h"

enum { PATH_ROOM = 4096, MOST_ATTEMPTS = 200 };

// A whole file, owned by the caller (free); NULL.
static char *text_read(const char *path)
{
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    if (!file) return NULL;
    if (getdelim(&text, &room, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

static bool is_the_same(const char *left_path, const char *right_path)
{
    char *left = text_read(left_path), *right = text_read(right_path);
    bool is_same = left && right && strcmp(left, right) == 0;
    free(left);
    free(right);
    return is_same;
}

// Was a file written after another one? false where one is missing.
static bool is_newer(const char *path, const char *than)
{
    struct stat it, other;
    if (stat(path, &it) || stat(than, &other)) return false;
    return it.st_mtim.tv_sec != other.st_mtim.tv_sec
               ? it.st_mtim.tv_sec > other.st_mtim.tv_sec
               : it.st_mtim.tv_nsec > other.st_mtim.tv_nsec;
}

static json_t *hints_text(const char *statement_path)
{
    char *text = text_read(statement_path);
    const char *hints = text ? strstr(text, "\n## Hints") : NULL;
    json_t *value = json_string(hints ? hints : "");
    free(text);
    return value;
}

static json_t *hint_numbers(const char *hints_path, const json_t *result)
{
    json_t *numbers = json_object();
    size_t index;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), index, test)
    {
        double number;
        const char *diagnosis =
            json_string_value(json_object_get(test, "diagnosis"));
        if (diagnosis && *diagnosis && !points_find(hints_path, diagnosis, &number))
            json_object_set_new(numbers, diagnosis, json_integer((int)number));
    }
    return numbers;
}

static void attempt_add(const struct attempt *attempt, void *context)
{
    json_t *attempts = context;
    json_array_append_new(
        attempts,
        json_pack("{s:I, s:f, s:f, s:f, s:b, s:s}", "time",
                  (json_int_t)attempt->time_s, "points", attempt->points, "pending",
                  attempt->pending_points, "most", attempt->max_points, "is_quick",
                  attempt->is_quick, "next", attempt->next));
}

// How many there were, and the last ones.
static json_t *attempts_object(const char *path, const char *id)
{
    json_t *attempts = json_array();
    attempts_each(path, id, attempt_add, attempts);
    size_t count = json_array_size(attempts);
    while (json_array_size(attempts) > MOST_ATTEMPTS) json_array_remove(attempts, 0);
    return json_pack("{s:I, s:o}", "count", (json_int_t)count, "last", attempts);
}

// A reference of its own, where there is one; null where there is none.
static json_t *or_null(json_t *value)
{
    return value ? value : json_null();
}

json_t *exercise_data(const struct report_places *places, const char *folder,
                      const char *file, const json_t *result)
{
    char id[16], tests[PATH_ROOM], path[PATH_ROOM + 64];
    snprintf(id, sizeof id, "%.*s", (int)strcspn(folder, "-"), folder);
    snprintf(tests, sizeof tests, "%s/tests/%s", places->root, folder);

    snprintf(path, sizeof path, "%s/baseline.c", tests);
    bool is_untouched = is_the_same(path, file);
    snprintf(path, sizeof path, "%s/hints.txt", tests);
    json_t *numbers = hint_numbers(path, result);
    snprintf(path, sizeof path, "%s/exercises/%s/README.md", places->root, folder);
    json_t *hints = hints_text(path);
    snprintf(path, sizeof path, "%s/%s.json", places->compared, id);
    json_t *compared = json_load_file(path, 0, NULL);
    json_t *curves = json_incref(or_null(json_object_get(compared, "studies")));
    json_decref(compared);
    snprintf(path, sizeof path, "%s/%s.json", places->traces, id);
    return json_pack("{s:s, s:s, s:s, s:b, s:b, s:o, s:o, s:o, s:o, s:b, s:o}", "id",
                     id, "folder", folder, "file", file, "is_untouched",
                     is_untouched, "is_changed", is_newer(file, places->results),
                     "hints", hints, "hint_of", numbers, "attempts",
                     attempts_object(places->attempts, id), "tasks",
                     or_null(recorded_tasks_read(path)), "is_trace_old",
                     is_newer(file, path), "curves", curves);
}
