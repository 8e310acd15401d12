// The last check as a page: report.html, and in it the check's results and what else the
// workbook knows of each exercise.
//
//     main ROOT RESULTS ATTEMPTS TRACES COMPARED PAGE FOLDER=FILE...
//
// What is not there the page says; so it is written in any case.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "judge/web_page.h"
#include "student/report/exercise_data.h"

enum { FIRST_EXERCISE = 7, PATH_ROOM = 4096 };

struct report {
    struct report_places places;
    char **exercises; // FOLDER=FILE
    int count;
};

// The last check; null where there is none, false where it cannot be read.
static json_t *results_read(const char *path)
{
    struct stat status;
    if (stat(path, &status)) return json_null();
    json_t *results = json_load_file(path, 0, NULL);
    if (json_is_array(json_object_get(results, "exercises"))) return results;
    json_decref(results);
    return json_false();
}

static json_t *result_of(const json_t *results, const char *folder)
{
    size_t index, length = strcspn(folder, "-");
    json_t *exercise;
    json_array_foreach(json_object_get(results, "exercises"), index, exercise)
    {
        const char *id = json_string_value(json_object_get(exercise, "id"));
        if (id && strlen(id) == length && !strncmp(id, folder, length))
            return exercise;
    }
    return NULL;
}

static json_t *exercises_array(const struct report *report, const json_t *results)
{
    json_t *exercises = json_array();
    for (int k = 0; k < report->count; k++) {
        char *folder = strdup(report->exercises[k]);
        char *equals = folder ? strchr(folder, '=') : NULL;
        if (equals) {
            *equals = '\0';
            json_array_append_new(exercises,
                                  exercise_data(&report->places, folder, equals + 1,
                                                result_of(results, folder)));
        }
        free(folder);
    }
    return exercises;
}

static int data_put(FILE *stream, const void *context)
{
    const struct report *report = context;
    struct stat status = {0};
    json_t *results = results_read(report->places.results);
    stat(report->places.results, &status);
    return web_page_put_json(
        stream, json_pack("{s:I, s:o, s:o}", "time",
                          (json_int_t)status.st_mtim.tv_sec, "exercises",
                          exercises_array(report, results), "results", results));
}

// The page appears when it is complete.
static int page_write(const struct report *report)
{
    char partial[PATH_ROOM];
    snprintf(partial, sizeof partial, "%s.partial", report->places.page);
    FILE *file = fopen(partial, "we");
    if (!file) return -errno;
    int status =
        web_page_write(file, report->places.root, "tests/student/report/report.html",
                       data_put, report);
    if (fclose(file) && !status) status = -errno;
    if (!status && rename(partial, report->places.page)) status = -errno;
    return status;
}

int main(int count, char *values[])
{
    if (count <= FIRST_EXERCISE) return 2;
    struct report report = {.places = {.root = values[1],
                                       .results = values[2],
                                       .attempts = values[3],
                                       .traces = values[4],
                                       .compared = values[5],
                                       .page = values[6]},
                            .exercises = values + FIRST_EXERCISE,
                            .count = count - FIRST_EXERCISE};
    int status = page_write(&report);
    if (status) {
        fprintf(stderr, "%s: %s\n", report.places.page, strerror(-status));
        return 2;
    }
    json_t *results = results_read(report.places.results);
    if (json_is_null(results))
        puts("Nothing has been checked yet: make check does it, then make report.");
    else if (json_is_false(results))
        printf("%s cannot be read: make check writes it anew.\n",
               report.places.results);
    json_decref(results);
    puts(report.places.page);
    return 0;
}
