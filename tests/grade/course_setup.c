#include "grade/course_setup.h"
#include "futures/futures.h"
#include "grade/class_folder.h"
#include "grade/engine.h"
#include "grade/intake.h"
#include "grade/roster.h"
#include "grade/text.h"
#include "grade/unpack.h"
#include "judge/box_choose.h"
#include "judge/durable_file.h"
#include "judge/folder_remove.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint64_t BYTES_PER_JOB = UINT64_C(2) << 30; // what a box may use

struct sentence {
    char *text;
    size_t size;
};

__attribute__((format(printf, 3, 4))) static int fail(struct sentence *sentence,
                                                      int status, const char *format,
                                                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence->text, sentence->size, format, arguments);
    va_end(arguments);
    return status;
}

// Code of strangers never runs without a box. A cluster's nodes have boxes of their own, which
// each judge tries: no result without one is stored.
static int box_check(const struct course *course, struct sentence *sentence)
{
    if (course->engine != &engine_local) return 0;
    char *probe =
        text_format("%s/%s/tests/judge/probe/main", course->root, course->built);
    char *hidden = text_format("%s/Makefile", course->root);
    bool is_reduced = course->box && strcmp(course->box, "reduced") == 0;
    struct box box =
        box_choose(probe, hidden, is_reduced ? ISOLATION_REDUCED : ISOLATION_FULL);
    free(probe);
    free(hidden);
    if (box.isolation != ISOLATION_NONE) return 0;
    return fail(sentence, -EPERM,
                "No box holds on this machine (make doctor says what is missing); "
                "submissions of others are not run without one.");
}

// One grading at a time works in a folder; the lock ends with the program, however it ends.
static int out_lock(const struct course *course, struct sentence *sentence)
{
    static const char *const folders[] = {"results", "sources", "best", "failed",
                                          "transcripts"};
    char *path = text_format("%s/.lock", course->out);
    int status = durable_folder_make(course->out);
    int fd = status ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (!status && fd < 0) status = -errno;
    if (!status && flock(fd, LOCK_EX | LOCK_NB) < 0) status = -errno;
    free(path);
    for (unsigned i = 0; i < sizeof folders / sizeof *folders && !status; i++) {
        char *folder = text_format("%s/%s", course->out, folders[i]);
        status = durable_folder_make(folder);
        free(folder);
    }
    if (status == -EWOULDBLOCK)
        return fail(sentence, status, "Another grading is at work in %s.",
                    course->out);
    return status ? fail(sentence, status, "%s: %s (OUT= names another folder)",
                         course->out, strerror(-status))
                  : 0;
}

// Grades of one exercise and of all have to stand in different folders.
static int exercise_check(const struct course *course, struct sentence *sentence)
{
    char before[64] = "", *path = text_format("%s/.exercise", course->out);
    const char *asked = course->exercise ? course->exercise : "all";
    FILE *file = fopen(path, "re");
    int status = !file && errno != ENOENT ? -errno : 0;
    if (file) {
        if (!fgets(before, sizeof before, file)) *before = '\0';
        fclose(file);
    }
    if (!status && !*before) status = durable_file_write(path, asked, strlen(asked));
    free(path);
    if (status)
        return fail(sentence, status, "%s: %s", course->out, strerror(-status));
    if (!*before || strcmp(before, asked) == 0) return 0;
    return fail(sentence, -EEXIST,
                "%s has grades of \"%s\", not of \"%s\": OUT= names another folder.",
                course->out, before, asked);
}

static int folder_read(struct course *course, const char *folder,
                       struct sentence *sentence)
{
    int status = class_folder_read(&course->submissions, &course->workbook, folder);
    return status ? fail(sentence, status, "%s: %s", folder, strerror(-status)) : 0;
}

static int submissions_read(struct course *course, struct sentence *sentence)
{
    struct stat what;
    if (stat(course->folder, &what) < 0)
        return fail(sentence, -errno, "%s: %s", course->folder, strerror(errno));
    if (S_ISDIR(what.st_mode)) return folder_read(course, course->folder, sentence);
    char *unpacked = text_format("%s/.unpacked", course->out);
    int status = folder_remove(unpacked);
    if (!status && mkdir(unpacked, 0700) < 0) status = -errno;
    if (status)
        fail(sentence, status, "%s: %s", unpacked, strerror(-status));
    else
        status = unpack(course->folder, unpacked, sentence->text, sentence->size);
    if (!status) status = folder_read(course, unpacked, sentence);
    free(unpacked);
    return status;
}

static int roster_read(struct course *course, struct sentence *sentence)
{
    int status =
        course->roster ? roster_match(&course->submissions, course->roster) : 0;
    if (status == -EINVAL)
        return fail(sentence, status, "%s has no column \"id\" in its first row.",
                    course->roster);
    return status
               ? fail(sentence, status, "%s: %s", course->roster, strerror(-status))
               : 0;
}

static int all_take_in(struct course *course, struct sentence *sentence)
{
    struct submissions *submissions = &course->submissions;
    char *sources = text_format("%s/sources", course->out);
    int status = 0;
    for (size_t i = 0; i < submissions->count && !status; i++) {
        status = intake(submissions->all[i], &course->workbook, sources);
        if (status)
            fail(sentence, status, "%s: %s", submissions->all[i]->id,
                 strerror(-status));
    }
    if (!status) intake_flag_copies(submissions, &course->workbook, course->root);
    free(sources);
    return status;
}

static int hashes_take(struct course *course, struct sentence *sentence)
{
    int status = course_hashes_take(course);
    return status ? fail(sentence, status, "the grader's own files: %s",
                         strerror(-status))
                  : 0;
}

static int only_check(struct course *course, struct sentence *sentence)
{
    if (!course->only) return 0;
    const struct submission *found =
        submissions_find(&course->submissions, course->only);
    if (!found)
        return fail(sentence, -ENOENT, "There is no submission \"%s\".",
                    course->only);
    course->only = found->id;
    return 0;
}

// Judges wait as well as compute, so there are twice as many as cores; each with the memory that a
// box may use.
static void jobs_choose(struct course *course)
{
    uint64_t bytes =
        (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    unsigned cores = (unsigned)executor_cpu_count(), wanted = 2 * cores;
    unsigned fitting = (unsigned)(bytes / BYTES_PER_JOB);
    if (course->jobs) return;
    course->jobs = wanted < fitting ? wanted : fitting ? fitting : 1;
}

static void workshop_choose(struct course *course)
{
    char *name = text_file_name(course->out);
    char *tail = strlen(name) > 30 ? name + strlen(name) - 30 : name;
    course->workshop = text_format("%s/build/grade/%s", course->root, tail);
    free(name);
}

int course_setup(struct course *course, char *text, size_t size)
{
    struct sentence sentence = {text, size};
    int status = workbook_read(&course->workbook, course->root, course->exercise);
    if (status)
        return fail(&sentence, status, "There is no exercise %s.",
                    course->exercise ? course->exercise : "in tests/");
    status = box_check(course, &sentence);
    if (!status) status = out_lock(course, &sentence);
    if (!status) status = exercise_check(course, &sentence);
    submissions_init(&course->submissions);
    if (!status) status = submissions_read(course, &sentence);
    if (!status) status = roster_read(course, &sentence);
    if (!status) submissions_settle(&course->submissions);
    if (!status) status = only_check(course, &sentence);
    if (!status) status = all_take_in(course, &sentence);
    if (!status) status = hashes_take(course, &sentence);
    jobs_choose(course);
    workshop_choose(course);
    return status;
}

void course_clean(const struct course *course)
{
    char *unpacked = text_format("%s/.unpacked", course->out);
    folder_remove(course->workshop);
    folder_remove(unpacked);
    free(unpacked);
}
