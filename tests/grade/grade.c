// Grades a class:
//
//     grade ROOT BUILT SUBMISSIONS [out=FOLDER] [exercise=7.2] [only=ID] [roster=FILE] [canvas=FILE]
//           [canvas_column=NAME] [pending=withhold|grant] [jobs=2] [box=reduced]
//           [engine=slurm] [site=FILE] [similar=no] [quick]
//
// ROOT is the project's folder, absolute; BUILT, below it, has the judge. SUBMISSIONS is a folder
// or an archive in any of the shapes of class_folder.h. OUT, by default a folder beside it, gets a result for each person and all
// that is made of them. What is finished there is not done again: killed at any time, the same
// call goes on. It exits with 0 when everyone has been graded and all is written, and with 2 when
// something failed, which a sentence says: somebody could not be graded, a table lacks something.

#include "grade/course_setup.h"
#include "grade/engine.h"
#include "grade/formats.h"
#include "grade/grading.h"
#include "grade/passes.h"
#include "grade/result.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include "judge/trouble.h"
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_GRADED = 0, EXIT_UNABLE = 2 };

// The value of an argument KEY=VALUE; NULL: it is another one, or empty.
static const char *value_of(const char *argument, const char *key)
{
    size_t length = strlen(key);
    bool is_this = strncmp(argument, key, length) == 0 && argument[length] == '=';
    return is_this && argument[length + 1] ? argument + length + 1 : NULL;
}

static void argument_read(struct course *course, const char *argument)
{
    const struct {
        const char *key;
        const char **value;
    } texts[] = {
        {"out", &course->out},       {"exercise", &course->exercise},
        {"only", &course->only},     {"roster", &course->roster},
        {"canvas", &course->canvas}, {"canvas_column", &course->canvas_column},
        {"box", &course->box},       {"site", &course->site}};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        if (value_of(argument, texts[i].key))
            *texts[i].value = value_of(argument, texts[i].key);
    const char *pending = value_of(argument, "pending");
    const char *jobs = value_of(argument, "jobs");
    const char *similar = value_of(argument, "similar");
    if (pending) course->grants_pending = strcmp(pending, "grant") == 0;
    const char *engine = value_of(argument, "engine");
    if (engine) course->engine = engine_find(engine);
    if (jobs) course->jobs = (unsigned)strtoul(jobs, NULL, 10);
    if (similar) course->leaves_similar_out = strcmp(similar, "no") == 0;
    if (strcmp(argument, "quick") == 0) course->is_quick = true;
}

static bool is_known(const char *argument)
{
    static const char *const keys[] = {
        "out=",     "exercise=", "only=", "roster=", "canvas=", "canvas_column=",
        "pending=", "jobs=",     "box=",  "engine=", "site=",   "similar="};
    for (unsigned i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strncmp(argument, keys[i], strlen(keys[i])) == 0)
            break;
        else if (i + 1 == sizeof keys / sizeof *keys)
            return strcmp(argument, "quick") == 0;
    const char *pending = value_of(argument, "pending");
    const char *box = value_of(argument, "box");
    const char *engine = value_of(argument, "engine");
    const char *similar = value_of(argument, "similar");
    return (!pending || !strcmp(pending, "grant") || !strcmp(pending, "withhold")) &&
           (!box || !strcmp(box, "full") || !strcmp(box, "reduced")) &&
           (!engine || engine_find(engine)) &&
           (!similar || !strcmp(similar, "yes") || !strcmp(similar, "no"));
}

// An absolute path, owned by the caller; NULL when there is no current folder.
static char *absolute_path(const char *path)
{
    char *here = *path == '/' ? NULL : getcwd(NULL, 0);
    if (*path != '/' && !here) return NULL;
    char *absolute = text_format("%s%s%s", here ? here : "", here ? "/" : "", path);
    free(here);
    return absolute;
}

// Grades stand beside the submissions, "hw7-grades" for hw7.zip: `make clean` must not take them.
static char *default_out(const struct course *course)
{
    static const char *const ends[] = {"/", ".gz", ".xz", ".tar", ".tgz", ".zip"};
    char *stem = text_format("%s", course->folder);
    for (unsigned i = 0; i < sizeof ends / sizeof *ends; i++)
        while (text_ends(stem, ends[i]) && strlen(stem) > strlen(ends[i]))
            stem[strlen(stem) - strlen(ends[i])] = '\0';
    char *out = text_format("%s-grades%s%s", stem, course->exercise ? "-" : "",
                            course->exercise ? course->exercise : "");
    free(stem);
    return out;
}

static bool arguments_read(struct course *course, int count, char *values[])
{
    if (count < 4 || !*values[3]) return false;
    *course = (struct course){.root = values[1],
                              .built = values[2],
                              .folder = values[3],
                              .engine = &engine_local};
    course->judge = text_format("%s/tests/judge/judge", course->built);
    for (int i = 4; i < count; i++) {
        if (!is_known(values[i])) return false;
        argument_read(course, values[i]);
    }
    char *out = course->out ? text_format("%s", course->out) : default_out(course);
    course->out = absolute_path(out);
    free(out);
    return course->out != NULL;
}

static unsigned formats_write(const struct course *course)
{
    const struct {
        const char *name;
        int (*write)(const struct course *);
    } formats[] = {
        {"grades.csv", grades_csv_write},  {"similar.csv", similar_csv_write},
        {"canvas.csv", canvas_csv_write},  {"moodle.csv", moodle_csv_write},
        {"gradescope/", gradescope_write}, {"autolab/", autolab_write},
        {"junit.xml", junit_write},        {"feedback/", feedback_write},
        {"class.html", class_page_write}};
    unsigned failures = 0;
    for (unsigned i = 0; i < sizeof formats / sizeof *formats; i++) {
        int status = formats[i].write(course);
        if (!status) continue;
        fprintf(stderr, "grade: %s could not be written: %s\n", formats[i].name,
                strerror(-status));
        failures++;
    }
    return failures;
}

// What is nobody's is said, and so is whom the roster does not know.
static void unmatched_tell(const struct course *course)
{
    const struct submissions *submissions = &course->submissions;
    if (*submissions->strays)
        printf("Nobody's submission:\n%s", submissions->strays);
    if (!course->roster) return;
    for (size_t i = 0; i < submissions->count; i++)
        if (!submissions->all[i]->is_in_roster)
            printf("Not in the roster: %s (%s)\n", submissions->all[i]->id,
                   submissions->all[i]->label);
    for (size_t i = 0; i < submissions->count; i++)
        if (!submissions->all[i]->has_folder)
            printf("No submission: %s\n", submissions->all[i]->id);
}

// An appeal: all that this grading and the one before it have to say is kept.
static unsigned appeal_run(struct course *course)
{
    const struct submission *person =
        submissions_find(&course->submissions, course->only);
    json_t *before = result_load(course, person);
    bool was_quick =
        json_is_true(json_object_get(json_object_get(before, "grading"), "quick"));
    if (before && !was_quick) course->is_quick = false; // less must not replace more
    char *folder = grading_appeal_open(course, person);
    unsigned failures = passes_run(course);
    json_t *after = result_load(course, person);
    int status = folder ? grading_appeal_close(course, person, folder) : -errno;
    if (status)
        fprintf(stderr, "grade: the evidence is not kept: %s\n", strerror(-status));
    if (before)
        printf("%s: %.10g points before, ", person->id,
               result_number(before, "points"));
    printf("%.10g of %.10g now, %.10g pending; the evidence is in %s\n",
           result_number(after, "points"), result_number(after, "max_points"),
           result_number(after, "pending_points"), folder ? folder : "no folder");
    json_decref(before);
    json_decref(after);
    free(folder);
    return failures;
}

static void summary_tell(const struct course *course)
{
    const struct submissions *submissions = &course->submissions;
    size_t pending = 0, flagged = 0, graded = 0;
    for (size_t i = 0; i < submissions->count; i++) {
        json_t *result = result_load(course, submissions->all[i]);
        graded += result != NULL;
        pending += result_number(result, "pending_points") > 0;
        flagged += *submissions->all[i]->flags != '\0';
        json_decref(result);
    }
    printf("%zu of %zu graded, %zu with pending points, %zu flagged: %s\n", graded,
           submissions->count, pending, flagged, course->out);
}

// What could not be read now was taken for missing: 1, and a sentence.
static unsigned trouble_tell(void)
{
    int error = trouble_error();
    if (error)
        fprintf(stderr,
                "grade: %s: what stands there may lack results. The same command "
                "goes on.\n",
                strerror(error));
    return error != 0;
}

int main(int count, char *values[])
{
    static struct course course;
    char text[8192] = "";
    // Names are UTF-8, whatever the terminal's language.
    setlocale(LC_CTYPE, "C.UTF-8");
    if (!arguments_read(&course, count, values)) {
        fprintf(stderr,
                "usage: grade ROOT BUILT SUBMISSIONS [out=DIR] [exercise=ID] "
                "[only=ID] [roster=FILE] [canvas=FILE] [canvas_column=NAME] "
                "[pending=withhold|grant] [jobs=N] [box=full|reduced] "
                "[engine=local|slurm] [site=FILE] [similar=no] [quick]\n");
        return EXIT_UNABLE;
    }
    signal(SIGPIPE, SIG_IGN);
    needed_by_jansson();
    if (course_setup(&course, text, sizeof text) ||
        course.engine->open(&course, text, sizeof text)) {
        fprintf(stderr, "grade: %s\n", text);
        return EXIT_UNABLE;
    }
    unmatched_tell(&course);
    unsigned failures = course.only ? appeal_run(&course) : passes_run(&course);
    if (course.leaves_similar_out)
        similar_leave_out(&course.similar,
                          "Similar submissions were not looked for: SIMILAR=no.");
    else
        failures += similar_find(&course.similar, &course) != 0;
    failures += formats_write(&course);
    similar_close(&course.similar);
    summary_tell(&course);
    course_clean(&course);
    failures += trouble_tell();
    return failures ? EXIT_UNABLE : EXIT_GRADED;
}
