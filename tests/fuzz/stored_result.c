// A stored result that was damaged or made up, in all formats that grades leave in: whatever is in
// it, files are written, and the page's JSON stays inside its script.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/scratch.h"
#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "grade/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char page[] = "<script>@DATA@</script>";

static void file_write(const char *folder, const char *name, const void *bytes,
                       size_t size)
{
    char *path = text_format("%s/%s", folder, name);
    for (char *slash = strchr(path + strlen(folder) + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *file = fopen(path, "w");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file)) abort();
    free(path);
}

// As the page's own script sees it.
static void page_check(const char *folder)
{
    char *path = text_format("%s/class.html", folder), *html = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    claim(file != NULL, "there is a page");
    claim(getdelim(&html, &room, '\0', file) > 0, "a page is not empty");
    const char *json = html + strlen("<script>"), *end = strchr(json, '<');
    claim(end && strcmp(end, "</script>") == 0, "no data end the script");
    json_t *data = json_loadb(json, (size_t)(end - json), 0, NULL);
    claim(data != NULL, "the page's data are JSON");
    json_decref(data);
    fclose(file);
    free(html);
    free(path);
}

static void formats_write(const struct course *course)
{
    claim(!grades_csv_write(course), "grades.csv can be written");
    claim(!moodle_csv_write(course), "moodle.csv can be written");
    claim(!gradescope_write(course), "gradescope/ can be written");
    claim(!autolab_write(course), "autolab/ can be written");
    claim(!junit_write(course), "junit.xml can be written");
    claim(!feedback_write(course), "feedback/ can be written");
    claim(!class_page_write(course), "class.html can be written");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    const char *folder = scratch_folder();
    struct course course = {.root = folder, .out = folder};
    course.workbook = (struct workbook){1, {{"7.1-submit", "7.1", "submit.c"}}};
    course.grants_pending = size % 2;
    submissions_init(&course.submissions);
    submissions_at(&course.submissions, "ann", "Ann", "1");
    submissions_settle(&course.submissions);
    file_write(folder, "tests/grade/class_page.html", page, sizeof page - 1);
    file_write(folder, "results/1.json", bytes, size);
    json_t *result = result_load(&course, course.submissions.all[0]);
    result_is_of(result, &course, course.submissions.all[0]);
    result_is_whole(result, &course);
    result_is_open(result, size % 3);
    json_decref(result);
    formats_write(&course);
    page_check(folder);
    submissions_close(&course.submissions);
}
