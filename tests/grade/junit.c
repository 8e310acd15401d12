// One test suite for each person and exercise, in the form that Ant began and CI servers read.
// XML 1.0 cannot hold control characters, not even escaped. What did not build has failed there:
// a suite of skipped tests would count as well.

#include "grade/formats.h"
#include "grade/report.h"
#include "grade/result.h"
#include "grade/text.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Puts text as content or as a quoted value. U+FFFE and U+FFFF are no characters of XML.
static void xml_put(FILE *stream, const char *text)
{
    char *printable = report_printable(text);
    for (const char *at = printable; *at; at++) {
        bool is_none = strncmp(at, "\xef\xbf\xbe", 3) == 0 ||
                       strncmp(at, "\xef\xbf\xbf", 3) == 0;
        if (is_none) {
            fputc('?', stream);
            at += 2;
        } else if (strchr("<>&\"'\n\t", *at)) {
            fprintf(stream, "&#%d;", *at);
        } else {
            fputc(*at, stream);
        }
    }
    free(printable);
}

static void attribute_put(FILE *stream, const char *name, const char *value)
{
    fprintf(stream, " %s=\"", name);
    xml_put(stream, value);
    fputc('"', stream);
}

static void outcome_put(FILE *stream, const char *element, const json_t *test,
                        const char *type)
{
    fprintf(stream, "   <%s", element);
    attribute_put(stream, "message", result_text(test, "message"));
    attribute_put(stream, "type", *type ? type : "failed");
    fputs("/>\n", stream);
}

static void test_put(FILE *stream, const char *class_name, const json_t *test,
                     bool is_built)
{
    const char *status = result_text(test, "status");
    fputs("  <testcase", stream);
    attribute_put(stream, "name", result_text(test, "name"));
    attribute_put(stream, "classname", class_name);
    fprintf(stream, " time=\"%.3f\">\n", result_number(test, "seconds"));
    if (!is_built)
        outcome_put(stream, "failure", test, "build");
    else if (strcmp(status, "failed") == 0)
        outcome_put(stream, "failure", test, result_text(test, "diagnosis"));
    else if (strcmp(status, "error") == 0)
        outcome_put(stream, "error", test, "error");
    else if (strcmp(status, "passed") != 0)
        fputs("   <skipped/>\n", stream);
    fputs("  </testcase>\n", stream);
}

static unsigned count_of(const json_t *tests, const char *status, double *seconds)
{
    size_t index;
    const json_t *test;
    unsigned count = 0;
    *seconds = 0;
    json_array_foreach(tests, index, test)
    {
        count += strcmp(result_text(test, "status"), status) == 0;
        *seconds += result_number(test, "seconds");
    }
    return count;
}

static void suite_put(FILE *stream, const struct submission *submission,
                      const json_t *exercise, unsigned number, const char *stamp)
{
    const json_t *test, *tests = json_object_get(exercise, "tests");
    double seconds;
    size_t index;
    char *name = text_format("%s %s", submission->id, result_text(exercise, "id"));
    fprintf(stream, " <testsuite id=\"%u\" hostname=\"localhost\" timestamp=\"%s\"",
            number, stamp);
    attribute_put(stream, "name", name);
    attribute_put(stream, "package", submission->id);
    unsigned failures = count_of(tests, "failed", &seconds);
    unsigned skipped = count_of(tests, "skipped", &seconds);
    bool is_built =
        strcmp(result_text(json_object_get(exercise, "build"), "status"), "ok") == 0;
    if (!is_built) failures += skipped;
    skipped = (is_built ? skipped : 0) + count_of(tests, "pending", &seconds);
    fprintf(stream,
            " tests=\"%zu\" failures=\"%u\" errors=\"%u\" skipped=\"%u\" "
            "time=\"%.3f\">\n  <properties/>\n",
            json_array_size(tests), failures, count_of(tests, "error", &seconds),
            skipped, seconds);
    json_array_foreach(tests, index, test)
    {
        test_put(stream, name, test, is_built);
    }
    fputs("  <system-out/>\n  <system-err>", stream);
    xml_put(stream, result_text(json_object_get(exercise, "build"), "message"));
    fputs("</system-err>\n </testsuite>\n", stream);
    free(name);
}

int junit_write(const struct course *course)
{
    struct report_file file;
    char stamp[32];
    unsigned number = 0;
    time_t now = time(NULL);
    struct tm parts;
    int status = report_open(&file, course, "junit.xml");
    if (status) return status;
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", gmtime_r(&now, &parts));
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", file.stream);
    for (size_t i = 0; i < course->submissions.count; i++) {
        const struct submission *submission = course->submissions.all[i];
        json_t *result = result_load(course, submission);
        size_t index;
        const json_t *exercise;
        json_array_foreach(json_object_get(result, "exercises"), index, exercise)
        {
            suite_put(file.stream, submission, exercise, number++, stamp);
        }
        json_decref(result);
    }
    fputs("</testsuites>\n", file.stream);
    return report_close(&file);
}
